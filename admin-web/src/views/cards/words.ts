import type { Label } from '@/app/labels'
import type { CardBatchKind, CardBatchState, GiftCardState } from '@/gql/graphql'

export const BATCH_KINDS: Record<CardBatchKind, string> = {
  ONLINE: '线上购买',
  SOLD: '线下售出',
  GIVEN: '平台赠送',
}

export const BATCH_STATES: Record<CardBatchState, Label> = {
  OPEN: { text: '发放中', tone: 'success' },
  STOPPED: { text: '已停止', tone: 'warning' },
}

export const CARD_STATES: Record<GiftCardState, Label> = {
  ISSUED: { text: '未绑定', tone: 'info' },
  SUSPENDED: { text: '未绑定 · 已冻结', tone: 'warning' },
  VOIDED: { text: '已作废', tone: 'info' },
  ACTIVE: { text: '可使用', tone: 'success' },
  FROZEN: { text: '挂失 / 冻结', tone: 'warning' },
  REPLACED: { text: '已补发', tone: 'info' },
  REFUNDED: { text: '已退卡', tone: 'info' },
}
