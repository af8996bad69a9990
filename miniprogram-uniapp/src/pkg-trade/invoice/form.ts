import type { InvoiceHolder, InvoiceKind } from '@/gql/graphql'

export interface InvoiceForm {
  kind: InvoiceKind
  holder: InvoiceHolder
  title: string
  taxNumber: string
  email: string
}

export type InvoiceProblems = Partial<Record<keyof InvoiceForm, string>>

const TAX_NUMBER = /^(?:[0-9A-HJ-NPQRTUWXY]{15}|[0-9A-HJ-NPQRTUWXY]{18}|[0-9A-HJ-NPQRTUWXY]{20})$/
const EMAIL = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/
const CODE = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** What is said beside each field before anything is sent; the server checks again. */
export function problemsOf(form: InvoiceForm): InvoiceProblems {
  const problems: InvoiceProblems = {}
  if (form.title.trim().length < 2) problems.title = form.holder === 'FIRM' ? '请填写单位全称' : '请填写姓名'
  if (form.holder === 'FIRM') {
    const wrong = taxProblem(tidyTaxNumber(form.taxNumber))
    if (wrong) problems.taxNumber = wrong
  }
  if (!EMAIL.test(form.email.trim())) problems.email = '请填写正确的邮箱，用来接收电子发票'
  return problems
}

export function tidyTaxNumber(typed: string): string {
  return typed.replace(/\s/g, '').toUpperCase()
}

function taxProblem(number: string): string | undefined {
  if (!number) return '请填写单位税号'
  if (!TAX_NUMBER.test(number)) return '税号为 15、18 或 20 位数字或大写字母'
  // A number of all digits, perhaps with an X at its end, may be that of an identity card: the server knows those.
  if (number.length === 18 && !/^\d{17}[\dX]$/.test(number) && !isCreditCode(number)) return '税号有误，请核对每一位'
  return undefined
}

/** Whether the last character of a 统一社会信用代码 checks the others (GB 32100). */
function isCreditCode(number: string): boolean {
  let weight = 1
  let sum = 0
  for (const each of number.slice(0, 17)) {
    sum += weight * CODE.indexOf(each)
    weight = (weight * 3) % 31
  }
  return CODE[(31 - (sum % 31)) % 31] === number[17]
}
