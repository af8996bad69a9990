import type { MessageKind } from '@/gql/graphql'

const NAMES: Partial<Record<MessageKind, string>> = {
  SHIPPED: '发货通知',
  PICKUP: '自提提醒',
  REFUND: '退款到账',
  AFTER_SALE: '售后进度',
  GROUP: '拼团结果',
  BALANCE: '尾款提醒',
  COUPON: '优惠券到期',
}

/** A kind that a newer server knows has no name here. */
export function messageName(kind: MessageKind): string {
  return NAMES[kind] ?? '其他提醒'
}
