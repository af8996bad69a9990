import type { Label } from '@/app/labels'
import type { InvoiceHolder, InvoiceKind, InvoiceRefusal, InvoiceRowFragment, InvoiceState } from '@/gql/graphql'

export const INVOICE_STATES: Record<InvoiceState, Label> = {
  REQUESTED: { text: '待开具', tone: 'danger' },
  ISSUED: { text: '已开具', tone: 'success' },
  REFUSED: { text: '未能开具', tone: 'warning' },
  CANCELLED: { text: '买家已取消', tone: 'info' },
}

export const INVOICE_KINDS: Record<InvoiceKind, string> = { NORMAL: '普票', SPECIAL: '专票' }

export const INVOICE_HOLDERS: Record<InvoiceHolder, string> = { PERSON: '个人', FIRM: '单位' }

export const INVOICE_REFUSALS: Record<InvoiceRefusal, string> = {
  TITLE_WRONG: '抬头与税号不符，请买家核对后重新申请',
  NO_SPECIAL: '本店不能开具专用发票，请买家改申请普通发票',
  ISSUED_ALREADY: '本订单的发票已另行开具',
}

/** What may be said of a request: that no 专票 can be issued is no answer to somebody who asked for a 普票. */
export function refusalsFor(kind: InvoiceKind): InvoiceRefusal[] {
  const all = Object.keys(INVOICE_REFUSALS) as InvoiceRefusal[]
  return all.filter((each) => each !== 'NO_SPECIAL' || kind === 'SPECIAL')
}

/** Money went back after it was issued: it has to be reversed (红冲). */
export function toReverse(invoice: Pick<InvoiceRowFragment, 'state' | 'amount' | 'due'>): boolean {
  return invoice.state === 'ISSUED' && invoice.amount !== invoice.due
}
