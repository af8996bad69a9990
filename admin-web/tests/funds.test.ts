import { mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { MoneyFieldsFragment, PlatformFundsQuery } from '@/gql/graphql'
import MoneyTrace from '@/views/ledger/MoneyTrace.vue'
import { platformRoutes } from '@/views/platform/routes'
import { eventually, openConsole, type Answers } from './console'

const EMPTY: PlatformFundsQuery = { platformTroubledRefunds: { total: 0, items: [] }, platformDisputedPayments: { total: 0, items: [] } }
const STUCK: PlatformFundsQuery = {
  platformTroubledRefunds: { total: 1, items: [{ id: 'r1', number: 'R2611290000000017', amount: 5980, reason: '售后退款', trouble: 'REFUSED 订单已超过可退款的最大期限', createdAt: '2026-11-29T00:00:00Z', sentAt: null, order: { id: 'o1', number: 'S2611290000000017' } }] },
  platformDisputedPayments: { total: 1, items: [{ id: 'p1', number: 'T2611290000000017P1', amount: 5980, dispute: '实收金额与应付不符', paidAt: null, parts: [{ number: 'S2611290000000017P1', amount: 5980, paid: null, transactionId: null }] }] },
}

function open(funds: PlatformFundsQuery, answers: Answers = {}) {
  return openConsole({ kind: 'PLATFORM', routes: platformRoutes, permissions: [MAY.funds], at: '/funds', bare: true, answers: { PlatformFunds: () => funds, ...answers } })
}

afterEach(() => {
  document.body.innerHTML = ''
})

test('money that is stuck is named with what it should have been, and none is said so', async () => {
  const { wrapper } = await open(STUCK)
  await eventually(() => expect(wrapper.text()).toContain('R2611290000000017'))
  expect(wrapper.text()).toContain('应付 ¥59.80，实收 未知')
  const quiet = await open(EMPTY)
  await eventually(() => expect(quiet.wrapper.text()).toContain('没有异常退款'))
  expect(quiet.wrapper.text()).toContain('没有待核实的付款')
})

test('a retry needs a reason, and what the server refuses is told', async () => {
  const { asked } = await open(STUCK, { RetryRefund: () => ({ platformRetryRefund: { __typename: 'Refused', code: 'WRONG_STATE', message: '这笔退款已经到账', field: null } }) })
  const retry = await eventually(() => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('button')].find((each) => each.textContent?.trim() === '重试')
    if (!found) throw new Error('not there')
    return found
  })
  retry.click()
  const area = await eventually(() => {
    const found = document.querySelector<HTMLTextAreaElement>('.el-message-box textarea')
    if (!found) throw new Error('not asked')
    return found
  })
  area.value = '已与微信核实'
  area.dispatchEvent(new Event('input'))
  await eventually(() => {
    const yes = [...document.querySelectorAll<HTMLButtonElement>('.el-message-box button')].find((each) => each.textContent?.trim() === '确定')
    if (!yes) throw new Error('no button')
    yes.click()
    expect(asked.some(({ name }) => name === 'RetryRefund')).toBe(true)
  })
  expect(asked.find(({ name }) => name === 'RetryRefund')?.variables).toEqual({ id: 'r1', note: '已与微信核实' })
  await eventually(() => expect(document.body.textContent).toContain('这笔退款已经到账'))
})

test('a refund that WeChat Pay does not take says why, and is paid by bank with the number of the transfer', async () => {
  const { asked, wrapper } = await open(STUCK, { RefundOffline: () => ({ platformRefundOffline: { __typename: 'Done' } }) })
  await eventually(() => expect(wrapper.text()).toContain('订单已超过可退款的最大期限'))
  const bank = [...document.querySelectorAll<HTMLButtonElement>('button')].find((each) => each.textContent?.trim() === '线下退款')
  bank?.click()
  await answers('.el-message-box input', 'ICBC2026113000000017')
  await answers('.el-message-box textarea', '已与买家核对卡号')
  await eventually(() => expect(asked.find(({ name }) => name === 'RefundOffline')?.variables).toEqual({ id: 'r1', reference: 'ICBC2026113000000017', note: '已与买家核对卡号' }))
})

/** Fills in what a box asks for, and says yes. */
async function answers(field: string, text: string): Promise<void> {
  const typed = await eventually(() => {
    const found = [...document.querySelectorAll<HTMLInputElement>(field)].find((each) => each.value === '')
    if (!found) throw new Error('not asked')
    return found
  })
  typed.value = text
  typed.dispatchEvent(new Event('input'))
  await eventually(() => {
    const yes = [...document.querySelectorAll<HTMLButtonElement>('.el-message-box button')].filter((each) => each.textContent?.trim() === '确定').at(-1)
    if (!yes) throw new Error('no button')
    yes.click()
  })
}

test('where the money of an order came from and where it is add up to the same', () => {
  const trace: MoneyFieldsFragment = {
    total: 5980, returned: 0, came: [{ place: 'BUYER', amount: 5980 }], now: [{ place: 'HELD', amount: 5980 }],
    moves: [{ id: 'm1', at: '2026-11-29T00:00:00Z', kind: 'PAYMENT', memo: '微信支付', source: 'BUYER', target: 'HELD', amount: 5980 }],
  }
  const text = mount(MoneyTrace, { props: { trace }, attachTo: document.body }).text()
  expect(text.match(/¥59\.80/g)?.length).toBeGreaterThanOrEqual(3)
  expect(text).toContain('买家（微信支付）')
  expect(mount(MoneyTrace, { props: { trace: { ...trace, moves: [] } }, attachTo: document.body }).text()).toContain('还没有款项往来')
})
