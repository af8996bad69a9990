import type { BillFault, BillKind, BillSubject } from '@/gql/graphql'
import type { Label } from '@/app/labels'

export const FAULTS: Record<BillFault, Label> = {
  MISSING_HERE: { text: '微信有，我方无', tone: 'danger' },
  MISSING_THERE: { text: '我方有，微信无', tone: 'danger' },
  AMOUNT_DIFFERS: { text: '金额不符', tone: 'danger' },
  STATE_DIFFERS: { text: '状态不符', tone: 'warning' },
}

export const KINDS: Record<BillKind, string> = { TRADE: '交易账单', FUNDS: '资金账单' }

export const SUBJECTS: Record<BillSubject, string> = {
  PAYMENT: '收款',
  REFUND: '退款',
  FEE: '手续费',
  SPLIT: '分账',
  RETURN: '分账回退',
  SUBSIDY: '补差',
  SUBSIDY_RETURN: '补差回退',
  PAYOUT: '提现',
  OTHER: '其他',
}
