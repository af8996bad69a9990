import type { Label } from '@/app/labels'
import type { VoucherBatchKind, VoucherBatchState, VoucherFreight, VoucherState } from '@/gql/graphql'

export const VOUCHER_KINDS: Record<VoucherBatchKind, string> = {
  SOLD: '线下售出',
  GIVEN: '平台赠送',
  SHOP: '商家发行',
}

export const VOUCHER_FREIGHT: Record<VoucherFreight, string> = {
  INCLUDED: '券含运费',
  HOLDER: '提货人付运费',
}

export const VOUCHER_BATCH_STATES: Record<VoucherBatchState, Label> = {
  OPEN: { text: '发放中', tone: 'success' },
  STOPPED: { text: '已停止', tone: 'warning' },
}

export const VOUCHER_STATES: Record<VoucherState, Label> = {
  ISSUED: { text: '未绑定', tone: 'info' },
  SUSPENDED: { text: '未绑定 · 已冻结', tone: 'warning' },
  VOIDED: { text: '已作废', tone: 'info' },
  ACTIVE: { text: '可提货', tone: 'success' },
  FROZEN: { text: '挂失 / 冻结', tone: 'warning' },
  EXPIRED: { text: '已到期', tone: 'warning' },
  REFUNDING: { text: '待退款', tone: 'danger' },
  REFUNDED: { text: '已退款', tone: 'info' },
  REDEEMED: { text: '已提完', tone: 'info' },
}

export type Side = 'merchant' | 'platform'

/** Which vouchers a drawer shows. */
export interface Looked {
  batchId: string | null
  lotId: string | null
  last4: string | null
  refunding: boolean
  title: string
}
