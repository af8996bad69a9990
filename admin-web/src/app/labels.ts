import type {
  ActorKind,
  CloseReason,
  MerchantKind,
  MerchantState,
  OrderState,
  PartnerKeyState,
  PartnerState,
  ProductState,
  RefundState,
  MarketBasis,
  ReturnClass,
  StorageClass,
  TrackState,
  UploadState,
} from '@/gql/graphql'

export type Tone = 'primary' | 'success' | 'info' | 'warning' | 'danger'

export interface Label {
  text: string
  tone: Tone
}

// Each table is a Record over the enum of the schema: a new member does not compile until it has a Chinese word.
export const ORDER_STATES: Record<OrderState, Label> = {
  AWAITING_PAYMENT: { text: '待付款', tone: 'warning' },
  AWAITING_GROUP: { text: '待成团', tone: 'warning' },
  RESERVED: { text: '已预订', tone: 'primary' },
  AWAITING_BALANCE: { text: '待付尾款', tone: 'warning' },
  AWAITING_SHIPMENT: { text: '待发货', tone: 'danger' },
  PARTLY_SHIPPED: { text: '部分发货', tone: 'danger' },
  SHIPPED: { text: '已发货', tone: 'primary' },
  RECEIVED: { text: '已收货', tone: 'success' },
  COMPLETED: { text: '已完成', tone: 'success' },
  CLOSED: { text: '已关闭', tone: 'info' },
}

export const PRODUCT_STATES: Record<ProductState, Label> = {
  DRAFT: { text: '草稿', tone: 'info' },
  IN_REVIEW: { text: '审核中', tone: 'warning' },
  ON_SALE: { text: '在售', tone: 'success' },
  OFF_SALE: { text: '已下架', tone: 'info' },
  FROZEN: { text: '已冻结', tone: 'danger' },
}

export const MERCHANT_STATES: Record<MerchantState, Label> = {
  OPEN: { text: '营业中', tone: 'success' },
  SUSPENDED: { text: '已停业', tone: 'danger' },
  CLOSED: { text: '已退出', tone: 'info' },
}

export const PARTNER_STATES: Record<PartnerState, Label> = {
  ACTIVE: { text: '启用', tone: 'success' },
  STOPPED: { text: '已停用', tone: 'danger' },
}

export const PARTNER_KEY_STATES: Record<PartnerKeyState, Label> = {
  GOOD: { text: '有效', tone: 'success' },
  EXPIRED: { text: '已过期', tone: 'info' },
  REVOKED: { text: '已吊销', tone: 'info' },
}

export const MERCHANT_KINDS: Record<MerchantKind, string> = {
  COMPANY: '企业',
  COOPERATIVE: '合作社',
  FARMER: '源头农户',
  INDIVIDUAL: '个体工商户',
}

export const STORAGE_CLASSES: Record<StorageClass, string> = {
  AMBIENT: '常温',
  CHILLED: '冷藏',
  FROZEN: '冷冻',
}

export const MARKET_BASES: Record<MarketBasis, string> = {
  ORIGINAL: '本店原价',
  SUGGESTED: '厂商建议零售价',
}

export const RETURN_CLASSES: Record<ReturnClass, string> = {
  SEVEN_DAYS: '七天无理由退货',
  NO_RETURN_BY_LAW: '依法不适用七天无理由（鲜活易腐等）',
  NO_RETURN_IF_CONFIRMED: '经买家确认后不支持七天无理由',
}

export const CLOSE_REASONS: Record<CloseReason, string> = {
  BUYER_CANCELLED: '买家取消',
  PAYMENT_TIMEOUT: '超时未付款',
  REFUNDED: '已退款',
  OUT_OF_STOCK_AFTER_PAYMENT: '付款后缺货，已退款',
  GROUP_FAILED: '拼团未成团，已退款',
  PRESALE_GIVEN_UP: '买家取消预订',
  BALANCE_MISSED: '逾期未付尾款',
  PRESALE_FAILED: '预售未能履约，已退款',
  PICKUP_MISSED: '逾期未自提，已退款',
}

export const REFUND_STATES: Record<RefundState, Label> = {
  REQUESTED: { text: '已申请', tone: 'warning' },
  PROCESSING: { text: '退款中', tone: 'warning' },
  SUCCEEDED: { text: '已退款', tone: 'success' },
  ABNORMAL: { text: '退款异常', tone: 'danger' },
}

export const UPLOAD_STATES: Record<UploadState, Label> = {
  PENDING: { text: '待同步微信', tone: 'warning' },
  DONE: { text: '已同步微信', tone: 'success' },
  FAILED: { text: '同步失败', tone: 'danger' },
}

export const TRACK_STATES: Record<TrackState, Label> = {
  COLLECTED: { text: '已揽收', tone: 'primary' },
  IN_TRANSIT: { text: '运输中', tone: 'primary' },
  OUT_FOR_DELIVERY: { text: '派送中', tone: 'primary' },
  SIGNED: { text: '已签收', tone: 'success' },
  PROBLEM: { text: '物流异常', tone: 'danger' },
  RETURNING: { text: '退回中', tone: 'danger' },
  RETURNED: { text: '已退回', tone: 'danger' },
}

export const ACTORS: Record<ActorKind, string> = {
  MEMBER: '买家',
  MERCHANT: '商家',
  PLATFORM: '平台',
  SYSTEM: '系统',
}

/** The entries of a label table as options of a select, in the order of the table. */
export function optionsOf<Key extends string>(table: Record<Key, Label | string>): { value: Key; label: string }[] {
  const keys = Object.keys(table) as Key[]
  return keys.map((value) => {
    const label: Label | string = table[value]
    return { value, label: typeof label === 'string' ? label : label.text }
  })
}

/** Text of the URL as a member of the enum, or nothing. */
export function memberOf<Key extends string>(table: Record<Key, unknown>, text: string): Key | undefined {
  return Object.hasOwn(table, text) ? (text as Key) : undefined
}
