import type { GiftCardState } from '@/gql/graphql'
import { shanghaiDay } from './time'

export const CARD_STATES: Record<GiftCardState, string> = {
  ISSUED: '未绑定',
  SUSPENDED: '未绑定，已冻结',
  VOIDED: '已作废',
  ACTIVE: '可使用',
  FROZEN: '已挂失 / 冻结',
  REPLACED: '已补发新卡',
  REFUNDED: '已退卡',
}

interface Term {
  state: GiftCardState
  expiresAt: string | null
  expired: boolean
  giftUntil: string | null
}

/** What a card's row says below its balance. */
export function termOf({ state, expiresAt, expired, giftUntil }: Term): string {
  if (state !== 'ACTIVE') return CARD_STATES[state]
  if (giftUntil) return `赠送中，好友可在 ${shanghaiDay(giftUntil)} 前领取`
  if (expired) return '已到期，可免费延期'
  return expiresAt ? `有效至 ${shanghaiDay(expiresAt)}` : '长期有效'
}

/** The rules of cards, as the law and the platform have them. */
export const CARD_RULES = [
  '礼品卡由平台自营店铺发行，只能在该店铺购物（含运费）时使用，不兑现、不找零，可分多次使用。',
  '不记名卡每张不超过 1000 元，有效期不少于三年，到期后余额可免费延期；记名卡每张不超过 5000 元，不设有效期。',
  '付款后七日内且未使用的卡可全额退款；之后退卡，退还购卡款减去已按原价消费的部分，赠送金额不退。',
  '订单退款时先退回礼品卡，其余部分原路退回微信支付。',
  '卡丢失或卡号泄露请立即挂失，可免费补发，余额不变。可以转赠好友。',
  '礼品卡不能用于购买礼品卡，也不与拼团价、秒杀价、预售价同用。购卡时可索取发票的，以购买商品时开具为准，避免重复。',
]
