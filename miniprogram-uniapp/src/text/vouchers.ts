import type { VoucherFreight, VoucherState } from '@/gql/graphql'
import { shanghaiDay } from './time'

export const VOUCHER_STATES: Record<VoucherState, string> = {
  ISSUED: '未绑定',
  SUSPENDED: '未绑定，已冻结',
  VOIDED: '已作废',
  ACTIVE: '可提货',
  FROZEN: '已挂失 / 冻结',
  EXPIRED: '已到期，可免费延期',
  REFUNDING: '退款处理中',
  REFUNDED: '已退款',
  REDEEMED: '已全部提完',
}

export const FREIGHTS: Record<VoucherFreight, string> = {
  INCLUDED: '运费已含',
  HOLDER: '运费由提货人付',
}

interface Term {
  state: VoucherState
  expiresAt: string
  expired: boolean
  giftUntil: string | null
}

/** What a voucher's row says about its time. */
export function voucherTerm({ state, expiresAt, expired, giftUntil }: Term): string {
  if (state !== 'ACTIVE') return VOUCHER_STATES[state]
  if (giftUntil) return `赠送中，好友可在 ${shanghaiDay(giftUntil)} 前领取`
  if (expired) return '已到期，可免费延期'
  return `有效至 ${shanghaiDay(expiresAt)}`
}

interface Goods {
  sku: { name: string; product: { title: string } }
}

/** What a voucher is for, in one line. */
export function goodsOf(goods: Goods[]): string {
  const names = goods.map(({ sku }) => `${sku.product.title} ${sku.name}`)
  return names.length > 1 ? `任选：${names.join(' / ')}` : names.join('')
}
