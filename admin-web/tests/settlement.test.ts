import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { SettlementFieldsFragment } from '@/gql/graphql'
import { merchantRoutes } from '@/views/merchant/routes'
import { statementCsv } from '@/views/settlement/statement'
import { eventually, openConsole } from './console'

const row: SettlementFieldsFragment = {
  id: 's1',
  orderId: 'o1',
  orderNumber: '2611300012345678',
  state: 'DONE',
  held: 10600,
  net: 10036,
  commission: 500,
  fee: 64,
  subsidy: 0,
  settledAt: '2026-11-29T02:00:00Z',
  sharedAt: null,
}
const funds = { held: 5000, coming: 100, owed: 10036, onTheWay: 0, paidOut: 0, every: 'WEEK', least: 100, nextAt: '2026-11-30T02:00:00Z' }
const payout = { id: 'p1', number: 'W1', amount: 10036, state: 'PROCESSING', askedBy: '店主', reason: null, createdAt: '2026-11-29T02:00:00Z', finishedAt: null }

test('a statement adds up, and its numbers of orders stay text', () => {
  const text = statementCsv([row, { ...row, id: 's2', held: 200, commission: 0, fee: 1, net: 199 }])
  const lines = text.split('\r\n')
  expect(lines[0]).toMatch(/^\ufeff订单号,/)
  expect(lines[1]).toContain('\t2611300012345678,2026-11-29 10:00,106.00,0.00,5.00,0.64,100.36,已结算,')
  expect(lines[3]).toBe('合计,,108.00,0.00,5.00,0.65,102.35,,')
})

async function open(permissions: string[], balance: { available: number | null; pending: number | null }) {
  return openConsole({
    kind: 'MERCHANT',
    routes: merchantRoutes,
    permissions,
    at: '/funds',
    bare: true,
    answers: {
      MerchantFunds: () => ({ merchantFunds: funds }),
      MerchantBalance: () => ({ merchantBalance: balance }),
      MerchantPayouts: () => ({ merchantPayouts: { total: 1, items: [payout] } }),
      MerchantSettlements: () => ({ merchantSettlements: { total: 1, items: [row], sums: { count: 1, held: 10600, net: 10036, commission: 500, fee: 64 } } }),
    },
  })
}

test('the page says what is held, what is coming and what adds up to what', async () => {
  const { wrapper } = await open([MAY.shopFunds, MAY.shopPayout], { available: 10036, pending: 100 })
  await eventually(() => expect(wrapper.find('[data-test="sums"]').exists()).toBe(true))
  expect(wrapper.get('[data-test="funds"]').text()).toContain('¥50.00')
  expect(wrapper.get('[data-test="available"]').text()).toBe('¥100.36')
  expect(wrapper.get('[data-test="sums"]').text()).toContain('¥106.00')
  expect(wrapper.get('[data-test="request-payout"]').attributes('disabled')).toBeUndefined()
})

test('without an answer of WeChat Pay nothing can be asked for, and without the permission there is no desk', async () => {
  const { wrapper } = await open([MAY.shopFunds, MAY.shopPayout], { available: null, pending: null })
  await eventually(() => expect(wrapper.text()).toContain('微信支付暂时没有返回账户余额'))
  expect(wrapper.find('[data-test="request-payout"]').exists()).toBe(false)
  const other = await open([MAY.shopFunds], { available: 1, pending: 0 })
  await flushPromises()
  expect(other.wrapper.find('[data-test="request-payout"]').exists()).toBe(false)
})
