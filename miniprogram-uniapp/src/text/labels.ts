import type {
  TrackState,
  CloseReason,
  GroupState,
  MerchantKind,
  OrderState,
  RefundState,
  ReturnClass,
  StorageClass,
} from '@/gql/graphql'

export const ORDER_STATES: Record<OrderState, string> = {
  AWAITING_PAYMENT: '待付款',
  AWAITING_GROUP: '待成团',
  RESERVED: '已预订',
  AWAITING_BALANCE: '待付尾款',
  AWAITING_SHIPMENT: '待发货',
  PARTLY_SHIPPED: '部分发货',
  SHIPPED: '待收货',
  RECEIVED: '已收货',
  COMPLETED: '已完成',
  CLOSED: '已关闭',
}

/** What people mean by a state they look for: a parcel under way is waited for, even if another is still to be sent. */
export const STATES_SHOWN: Record<OrderState, OrderState[]> = {
  AWAITING_PAYMENT: ['AWAITING_PAYMENT'],
  AWAITING_GROUP: ['AWAITING_GROUP'],
  RESERVED: ['RESERVED', 'AWAITING_BALANCE'],
  AWAITING_BALANCE: ['AWAITING_BALANCE'],
  AWAITING_SHIPMENT: ['AWAITING_SHIPMENT'],
  PARTLY_SHIPPED: ['PARTLY_SHIPPED'],
  SHIPPED: ['PARTLY_SHIPPED', 'SHIPPED'],
  RECEIVED: ['RECEIVED'],
  COMPLETED: ['COMPLETED'],
  CLOSED: ['CLOSED'],
}

/** How many orders are shown under a state. */
export function countUnder(state: OrderState, counts: readonly { state: OrderState; count: number }[]): number {
  return counts.reduce((sum, each) => (STATES_SHOWN[state].includes(each.state) ? sum + each.count : sum), 0)
}

/** How many of a SKU one buyer may have, in words; empty where there is no limit. */
export function limitText(sku: { limitEach: number | null; limitDays: number | null }): string {
  if (sku.limitEach === null) return ''
  return `每人${sku.limitDays === null ? '' : ` ${sku.limitDays} 天内`}限购 ${sku.limitEach} 件`
}

/** What is said when an order comes into a state before the buyer's eyes. */
export const ORDER_NEWS: Record<OrderState, string> = {
  AWAITING_PAYMENT: '订单待付款',
  AWAITING_GROUP: '付款成功，等待成团',
  RESERVED: '预订成功，等待采收',
  AWAITING_BALANCE: '可以支付预售尾款了',
  AWAITING_SHIPMENT: '付款成功，等待商家发货',
  PARTLY_SHIPPED: '商家已发出部分商品',
  SHIPPED: '商家已发货',
  RECEIVED: '已确认收货',
  COMPLETED: '交易已完成',
  CLOSED: '订单已关闭',
}

export const ORDER_STATE_HINTS: Record<OrderState, string> = {
  AWAITING_PAYMENT: '请尽快完成支付，超时订单将自动关闭',
  AWAITING_GROUP: '成团后商家才会发货；到时间没有成团，款项会自动原路退回',
  RESERVED: '已预订，采收后商家按约定时间发货',
  AWAITING_BALANCE: '请在截止前支付尾款，逾期订单将关闭',
  AWAITING_SHIPMENT: '商家正在备货，请耐心等待',
  PARTLY_SHIPPED: '部分商品已在路上，其余商品商家正在备货',
  SHIPPED: '商品已在路上，收到后请确认收货',
  RECEIVED: '感谢您的惠顾，愿这份昭通风味合您心意',
  COMPLETED: '交易已完成，感谢您的惠顾',
  CLOSED: '订单已关闭',
}

export const GROUP_STATES: Record<GroupState, string> = {
  FORMING: '待成团',
  SUCCESS: '已成团',
  FAILED: '未成团，已退款',
  MERGED: '已合并',
}

export const CLOSE_REASONS: Record<CloseReason, string> = {
  BUYER_CANCELLED: '您已取消订单',
  PAYMENT_TIMEOUT: '超时未支付，订单已自动关闭',
  REFUNDED: '订单已退款',
  OUT_OF_STOCK_AFTER_PAYMENT: '付款时商品已售罄，款项将原路退回',
  GROUP_FAILED: '拼团没有成功，款项将原路退回',
  PRESALE_GIVEN_UP: '您取消了预订',
  BALANCE_MISSED: '逾期未支付尾款，订单已关闭',
  PRESALE_FAILED: '商家未能履约，款项将全部原路退回',
  PICKUP_MISSED: '逾期未到店提货，订单已取消，已付的已退回',
}

export const REFUND_STATES: Record<RefundState, string> = {
  REQUESTED: '退款已申请',
  PROCESSING: '退款处理中',
  SUCCEEDED: '已退款',
  ABNORMAL: '退款异常，客服正在处理',
}

export const RETURN_RULES: Record<ReturnClass, { label: string; detail: string }> = {
  SEVEN_DAYS: { label: '七天无理由退货', detail: '自签收次日起七日内，商品完好可无理由退货，退货运费由买家承担。' },
  NO_RETURN_BY_LAW: {
    label: '不支持七天无理由',
    detail: '鲜活易腐商品依法不适用七天无理由退货；如有质量问题，请凭照片联系商家。',
  },
  NO_RETURN_IF_CONFIRMED: {
    label: '确认后不支持七天无理由',
    detail: '本商品根据其性质不宜退货，下单时经您确认后不支持七天无理由退货；质量问题除外。',
  },
}

export const STORAGE: Record<StorageClass, { label: string; ship: string }> = {
  AMBIENT: { label: '常温', ship: '常温发货' },
  CHILLED: { label: '冷藏', ship: '冷藏 0–4℃ 发货' },
  FROZEN: { label: '冷冻', ship: '冷冻 -18℃ 冷链发货' },
}

export const MERCHANT_KINDS: Record<MerchantKind, string> = {
  COMPANY: '企业',
  COOPERATIVE: '合作社',
  FARMER: '农户',
  INDIVIDUAL: '个体户',
}

/** 1286 → "1286", 12860 → "1.2万" */
export function countText(count: number): string {
  return count < 10_000 ? String(count) : `${Math.floor(count / 1000) / 10}万`
}

/** 500 → "500g", 2500 → "2.5kg" */
export function weightText(grams: number): string {
  return grams < 1000 ? `${grams}g` : `${Number((grams / 1000).toFixed(2))}kg`
}

export const TRACK_STATES: Record<TrackState, string> = {
  COLLECTED: '已揽收',
  IN_TRANSIT: '运输中',
  OUT_FOR_DELIVERY: '派送中',
  SIGNED: '已签收',
  PROBLEM: '物流异常',
  RETURNING: '退回中',
  RETURNED: '已退回',
}
