import type { AfterSaleDesk, AfterSaleKind, AfterSaleReason, AfterSaleRefusal, AfterSaleState } from '@/gql/graphql'

export const KINDS: Record<AfterSaleKind, string> = {
  REFUND_ONLY: '仅退款',
  RETURN: '退货退款',
  EXCHANGE: '换货',
  DAMAGED: '坏果包赔',
  MISSING: '少件补偿',
}

export const REASONS: Record<AfterSaleReason, string> = {
  NOT_WANTED: '不想要了',
  LATE_SHIPPING: '未按时发货',
  NO_REASON: '七天无理由退货',
  NOT_RECEIVED: '没有收到商品',
  QUALITY: '质量问题',
  DAMAGED: '运输破损或变质',
  WRONG_GOODS: '发错货',
  NOT_AS_DESCRIBED: '与描述不符',
  MISSING: '商品少件',
  OTHER: '其他原因',
}

/** The only reasons there are; that a parcel was opened is none of them, by law. */
export const REFUSALS: Record<AfterSaleRefusal, string> = {
  EVIDENCE_MISSING: '凭证不足以说明问题',
  NOT_OUR_GOODS: '不是本店售出的商品',
  HARMED_BY_BUYER: '人为损坏，影响二次销售',
  RETURN_INCOMPLETE: '退回的商品缺失或与售出不符',
  ALREADY_SHIPPED: '商品已经发出',
  SETTLED_OTHERWISE: '已与买家另行协商解决',
}

export const STATES: Record<AfterSaleState, { text: string; type: 'primary' | 'success' | 'warning' | 'danger' | 'info' }> = {
  APPLIED: { text: '待处理', type: 'danger' },
  WAIT_RETURN: { text: '待买家寄回', type: 'warning' },
  RETURN_SHIPPED: { text: '待收货', type: 'primary' },
  RECEIVED: { text: '待退款', type: 'danger' },
  REPLACED: { text: '换货已寄出', type: 'primary' },
  REJECTED: { text: '已拒绝', type: 'warning' },
  ESCALATED: { text: '平台介入', type: 'danger' },
  REFUNDING: { text: '退款中', type: 'primary' },
  DONE: { text: '已完成', type: 'success' },
  CANCELLED: { text: '买家撤销', type: 'info' },
  CLOSED: { text: '已关闭', type: 'info' },
}

export const DESKS: { desk: AfterSaleDesk; name: string }[] = [
  { desk: 'TO_ANSWER', name: '待处理' },
  { desk: 'TO_RECEIVE', name: '待收货' },
  { desk: 'TO_SETTLE', name: '待退款' },
  { desk: 'WITH_BUYER', name: '等待买家' },
  { desk: 'ARBITRATION', name: '平台介入' },
  { desk: 'UNDER_WAY', name: '进行中' },
  { desk: 'ENDED', name: '已结束' },
]

/** "1 天 3 小时", "25 分钟"; empty when there is no timer. */
export function timeLeft(until: string | null, now: number): string {
  if (!until) return ''
  const minutes = Math.max(0, Math.floor((Date.parse(until) - now) / 60_000))
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  if (days) return `${days} 天 ${hours} 小时`
  return hours ? `${hours} 小时 ${minutes % 60} 分钟` : `${minutes} 分钟`
}
