import type { Label } from '@/app/labels'
import type { DepositKind, PresaleState } from '@/gql/graphql'

export const PRESALE_STATES: Record<PresaleState, Label> = {
  DRAFT: { text: '草稿', tone: 'info' },
  RUNNING: { text: '接单中', tone: 'success' },
  STOPPED: { text: '已停止接单', tone: 'warning' },
  ALLOCATED: { text: '已分配', tone: 'primary' },
}

export const DEPOSITS: Record<DepositKind, string> = {
  DINGJIN: '定金（买家违约不退，商家违约双倍返还）',
  DINGJIN_REFUNDABLE: '订金（随时可退）',
}
