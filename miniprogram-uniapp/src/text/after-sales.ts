import type { ActorKind, AfterSaleKind, AfterSaleReason, AfterSaleState } from '@/gql/graphql'

export const AFTER_SALE_KINDS: Record<AfterSaleKind, { name: string; note: string }> = {
  REFUND_ONLY: { name: '仅退款', note: '未发货、没收到货，或与商家说好不退货' },
  RETURN: { name: '退货退款', note: '商品寄回后退款' },
  EXCHANGE: { name: '换货', note: '商品寄回后换一件' },
  DAMAGED: { name: '坏果包赔', note: '拍照说明坏了几个，按个数赔付' },
  MISSING: { name: '少件补偿', note: '少收到的商品按件退款' },
}

export const AFTER_SALE_REASONS: Record<AfterSaleReason, string> = {
  NOT_WANTED: '不想要了',
  LATE_SHIPPING: '商家未按时发货',
  NO_REASON: '七天无理由退货',
  NOT_RECEIVED: '没有收到商品',
  QUALITY: '质量问题',
  DAMAGED: '运输破损或变质',
  WRONG_GOODS: '商家发错货',
  NOT_AS_DESCRIBED: '与描述不符',
  MISSING: '商品少件',
  OTHER: '其他原因',
}

export const AFTER_SALE_STATES: Record<AfterSaleState, { name: string; hint: string }> = {
  APPLIED: { name: '等待商家处理', hint: '商家 48 小时内不处理，系统自动同意' },
  WAIT_RETURN: { name: '请寄回商品', hint: '请在 7 天内寄回并填写运单号，超时售后关闭' },
  RETURN_SHIPPED: { name: '商家待收货', hint: '商家 10 天内不确认，视为已收到' },
  RECEIVED: { name: '商家已收货', hint: '商家须在 7 天内退款或寄出换货' },
  REPLACED: { name: '换货已寄出', hint: '收到后请确认' },
  REJECTED: { name: '商家已拒绝', hint: '不同意的话，可在 7 天内申请平台介入' },
  ESCALATED: { name: '平台处理中', hint: '平台正在查看双方的说明，裁决后双方都须遵守' },
  REFUNDING: { name: '退款中', hint: '款项将原路退回，以微信到账通知为准' },
  DONE: { name: '售后完成', hint: '' },
  CANCELLED: { name: '已撤销', hint: '' },
  CLOSED: { name: '售后关闭', hint: '' },
}

export const ACTORS: Record<ActorKind, string> = {
  MEMBER: '我',
  MERCHANT: '商家',
  PLATFORM: '平台',
  SYSTEM: '系统',
}

/** The way a case goes, as far as it can be foreseen; `at` is the step it stands on. */
export function progress(
  kind: AfterSaleKind,
  state: AfterSaleState,
  returned: boolean,
): { steps: string[]; at: number } {
  const back = kind === 'RETURN' || kind === 'EXCHANGE' || returned || ['WAIT_RETURN', 'RETURN_SHIPPED'].includes(state)
  const last = kind === 'EXCHANGE' ? ['寄出换货', '完成'] : ['退款', '完成']
  const steps = ['提交申请', '商家处理', ...(back ? ['寄回商品', '商家收货'] : []), ...last]
  const names: Partial<Record<AfterSaleState, string>> = {
    APPLIED: '商家处理',
    REJECTED: '商家处理',
    ESCALATED: '商家处理',
    WAIT_RETURN: '寄回商品',
    RETURN_SHIPPED: '商家收货',
    RECEIVED: '商家收货',
    REPLACED: '寄出换货',
    REFUNDING: '退款',
    DONE: '完成',
  }
  return { steps, at: steps.indexOf(names[state] ?? '商家处理') }
}
