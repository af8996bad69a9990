import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { InvoiceRowFragment } from '@/gql/graphql'
import { refusalsFor, toReverse } from '@/views/invoices/words'
import { merchantRoutes } from '@/views/merchant/routes'
import { eventually, openConsole, type Answers } from './console'

function invoice(changes: Partial<InvoiceRowFragment> = {}): InvoiceRowFragment {
  return {
    id: 'i1', orderId: 'o1', orderNumber: 'S2611290000000017', kind: 'SPECIAL', holder: 'FIRM', title: '昭通果业有限公司', taxNumber: '91530600MA6K1A2B3R',
    email: 'cw@example.cn', amount: 5980, due: 5980, state: 'REQUESTED', number: null, link: null, createdAt: '2026-11-29T01:00:00Z', issuedAt: null,
    refusedBecause: null, refusedNote: null, ...changes,
  }
}

function open(items: InvoiceRowFragment[], answers: Answers = {}, permissions: string[] = [MAY.shopOrdersRead, MAY.shopOrdersShip]) {
  const MerchantInvoices = () => ({ merchantInvoices: { total: items.length, items } })
  return openConsole({ kind: 'MERCHANT', routes: merchantRoutes, permissions, at: '/invoices', bare: true, answers: { MerchantInvoices, ...answers } })
}

function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll<HTMLButtonElement>('button')].filter((each) => each.textContent?.trim() === text).at(-1)
  if (!found) throw new Error(`no button ${text}`)
  return found
}

afterEach(() => {
  document.body.innerHTML = ''
})

test('what waits is shown first, and what was issued before money went back says so', async () => {
  const { asked, wrapper } = await open([invoice(), invoice({ id: 'i2', state: 'ISSUED', amount: 5980, due: 2000, number: '25532000000012345678' })])
  await eventually(() => expect(wrapper.text()).toContain('昭通果业有限公司'))
  expect(asked[0]?.variables).toEqual({ state: 'REQUESTED', page: 1, size: 20 })
  expect(wrapper.text()).toContain('专票 · 单位')
  expect(wrapper.text()).toContain('须红冲')
})

test('a number that cannot be stays in the dialog, a good one is sent once', async () => {
  let fails = true
  const { asked, wrapper } = await open([invoice()], {
    MerchantIssueInvoice: () => ({
      merchantIssueInvoice: fails ? { __typename: 'Refused', code: 'BAD_USER_INPUT', message: '发票号码须为 6 到 40 位数字或字母', field: 'number' } : { __typename: 'OrderInvoice', ...invoice({ state: 'ISSUED' }) },
    }),
  })
  await eventually(() => expect(wrapper.text()).toContain('开具'))
  button('开具').click()
  const issue = await eventually(() => button('已开具'))
  issue.click()
  await eventually(() => expect(document.body.textContent).toContain('发票号码须为'))
  fails = false
  const input = document.querySelector<HTMLInputElement>('input[aria-label="发票号码"]')
  if (!input) throw new Error('no input')
  input.value = ' 25532000000012345678 '
  input.dispatchEvent(new Event('input'))
  await flushPromises()
  issue.click()
  await eventually(() => expect(asked.filter(({ name }) => name === 'MerchantIssueInvoice')).toHaveLength(2))
  expect(asked.filter(({ name }) => name === 'MerchantIssueInvoice').at(-1)?.variables).toEqual({ input: { invoiceId: 'i1', number: '25532000000012345678', link: null } })
})

test('who may only read sees no way to issue, and nothing waiting is said', async () => {
  const { wrapper } = await open([invoice()], {}, [MAY.shopOrdersRead])
  await eventually(() => expect(wrapper.text()).toContain('昭通果业有限公司'))
  expect(wrapper.text()).not.toContain('不能照开')
  const empty = await open([])
  await eventually(() => expect(empty.wrapper.text()).toContain('没有待开具的发票'))
})

test('a 普票 is not refused because no 专票 can be issued', () => {
  expect(refusalsFor('NORMAL')).toEqual(['TITLE_WRONG', 'ISSUED_ALREADY'])
  expect(refusalsFor('SPECIAL')).toContain('NO_SPECIAL')
  expect(toReverse(invoice({ state: 'REQUESTED', due: 0 }))).toBe(false)
})
