import type { InvoiceHolder, InvoiceKind, InvoiceRefusal, InvoiceState } from '@/gql/graphql'

export const INVOICE_KINDS: Record<InvoiceKind, string> = { NORMAL: '普通发票', SPECIAL: '专用发票' }

export const INVOICE_HOLDERS: Record<InvoiceHolder, string> = { PERSON: '个人', FIRM: '单位' }

export const INVOICE_STATES: Record<InvoiceState, { name: string; note: string }> = {
  REQUESTED: { name: '等待商家开具', note: '开具后会显示在这里，商家也会发到您的邮箱。' },
  ISSUED: { name: '已开具', note: '请查收邮箱，或用下面的号码查验。' },
  REFUSED: { name: '商家未能开具', note: '' },
  CANCELLED: { name: '已取消', note: '您已取消申请。' },
}

export const INVOICE_REFUSALS: Record<InvoiceRefusal, string> = {
  TITLE_WRONG: '抬头与税号不符，请核对后重新申请',
  NO_SPECIAL: '本店不能开具专用发票，请改为申请普通发票',
  ISSUED_ALREADY: '本订单的发票已另行开具',
}
