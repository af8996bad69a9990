import type { PayoutEvery, PayoutState, SettlementCallKind, SettlementCallState, SettlementState } from '@/gql/graphql'
import type { Label } from '@/app/labels'

export const SETTLEMENTS: Record<SettlementState, Label> = {
  WAITING: { text: '待分账', tone: 'info' },
  RUNNING: { text: '处理中', tone: 'primary' },
  DONE: { text: '已结算', tone: 'success' },
  STUCK: { text: '异常', tone: 'danger' },
}

export const CALLS: Record<SettlementCallKind, string> = {
  SUBSIDY: '平台优惠补差',
  SPLIT: '平台服务费分账',
  FINISH: '完结分账',
  RETURN: '分账回退',
  SUBSIDY_RETURN: '补差回退',
}

export const CALL_STATES: Record<SettlementCallState, Label> = {
  ASKED: { text: '待提交', tone: 'info' },
  PROCESSING: { text: '微信处理中', tone: 'primary' },
  SUCCEEDED: { text: '成功', tone: 'success' },
  FAILED: { text: '失败', tone: 'danger' },
}

export const PAYOUTS: Record<PayoutState, Label> = {
  ASKED: { text: '已提交', tone: 'info' },
  PROCESSING: { text: '银行处理中', tone: 'primary' },
  SUCCEEDED: { text: '已到账', tone: 'success' },
  FAILED: { text: '未成功', tone: 'danger' },
  BOUNCED: { text: '银行退回', tone: 'warning' },
}

/** What a payout that the platform transfers itself is waiting for. */
const TRANSFERS: Partial<Record<PayoutState, Label>> = {
  ASKED: { text: '待平台转账', tone: 'primary' },
  PROCESSING: { text: '待平台转账', tone: 'primary' },
}

/** How a payout stands, in words. */
export function payoutLabel(payout: { state: PayoutState; byTransfer: boolean }): Label {
  return (payout.byTransfer && TRANSFERS[payout.state]) || PAYOUTS[payout.state]
}

export const CYCLES: Record<PayoutEvery, string> = {
  DAY: '每天 10:00',
  WEEK: '每周一 10:00',
  MONTH: '每月 1 日 10:00',
  NEVER: '不自动提现',
}

/** Whether a payout may still change by itself, so that the page keeps looking. */
export function isUnderWay(state: PayoutState): boolean {
  return state === 'ASKED' || state === 'PROCESSING'
}
