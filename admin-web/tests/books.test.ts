import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { BillDifferenceFieldsFragment, BillFieldsFragment, PlatformTrialBalanceQuery } from '@/gql/graphql'
import { platformRoutes } from '@/views/platform/routes'
import { eventually, openConsole, type Answers } from './console'

const bill: BillFieldsFragment = { id: 'b1', day: '2026-11-29', kind: 'TRADE', empty: false, lines: 1280, paid: 512_345, refunded: 3990, fees: 3074, comparedAt: '2026-11-30T02:15:00Z', openDifferences: 1 }
const difference: BillDifferenceFieldsFragment = { id: 'd1', fault: 'AMOUNT_DIFFERS', subject: 'PAYMENT', number: 'S2611290000001P1', orderId: 'o1', ours: 3990, theirs: 3989, ourState: 'PAID', theirState: 'SUCCESS', explainedAt: null, explainedBy: null, note: null }

afterEach(() => (document.body.innerHTML = ''))

function open(at: string, permissions: string[], answers: Answers) {
  return openConsole({ kind: 'PLATFORM', routes: platformRoutes, permissions, at, bare: true, answers })
}

/** Drawers and dialogs hang on the body, not on the page. */
function shown(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}

describe('bills', () => {
  function bills(differences: BillDifferenceFieldsFragment[], permissions = [MAY.ledger, MAY.funds]) {
    const stored = { differences }
    return open('/bills', permissions, {
      PlatformBills: ({ openOnly }) => ({ platformBills: openOnly ? { total: 0, items: [] } : { total: 1, items: [{ ...bill, openDifferences: stored.differences.filter(({ note }) => note === null).length }] } }),
      PlatformBill: () => ({ platformBill: { ...bill, differences: stored.differences } }),
      PlatformFetchBill: () => ({ platformFetchBill: { __typename: 'Refused', code: 'BAD_USER_INPUT', message: '账单日不能晚于昨天', field: 'day' } }),
      PlatformExplainDifference: ({ note }) => {
        stored.differences = stored.differences.map((each) => ({ ...each, note: String(note), explainedBy: '李运营', explainedAt: '2026-11-30T03:00:00Z' }))
        return { platformExplainDifference: { __typename: 'Bill', id: 'b1' } }
      },
    })
  }

  test('a day says its sums in yuan and how much waits to be explained', async () => {
    const { wrapper } = await bills([difference])
    await eventually(() => expect(wrapper.get('[data-test="bills"]').text()).toContain('2026-11-29'))
    const text = wrapper.get('[data-test="bills"]').text()
    expect(text).toContain('交易账单')
    expect(text).toContain('1,280')
    expect(text).toContain('¥5,123.45')
    expect(text).toContain('1 条')
  })

  test('only what is open is asked for when that is wanted, and none is said in words', async () => {
    const { asked, wrapper } = await bills([])
    await eventually(() => expect(wrapper.get('[data-test="bills"]').text()).toContain('2026-11-29'))
    await wrapper.get('input[type="checkbox"]').setValue(true)
    await eventually(() => expect(wrapper.text()).toContain('没有待说明的差异'))
    expect(asked.at(-1)?.variables).toMatchObject({ openOnly: true, page: 1 })
  })

  test('a difference is shown with both sides, explained once, and the list follows', async () => {
    const { asked, wrapper } = await bills([difference])
    await eventually(() => expect(wrapper.find('[data-test="bills"] tbody tr').exists()).toBe(true))
    await wrapper.get('[data-test="bills"] tbody tr').trigger('click')
    await eventually(() => expect(shown('[data-test="differences"]').textContent).toContain('金额不符'))
    const row = shown('[data-test="differences"]')
    expect(row.textContent).toContain('¥39.90')
    expect(row.textContent).toContain('¥39.89')
    ;[...row.querySelectorAll('button')].find((each) => each.textContent?.includes('说明'))?.click()
    const input = await eventually(() => shown('.el-message-box textarea, .el-message-box input') as HTMLTextAreaElement)
    input.value = '微信少计一分，已登记'
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    shown('.el-message-box .el-button--primary').click()
    await eventually(() => expect(shown('[data-test="differences"]').textContent).toContain('微信少计一分，已登记'))
    expect(asked.find(({ name }) => name === 'PlatformExplainDifference')?.variables).toEqual({ id: 'd1', note: '微信少计一分，已登记' })
    await eventually(() => expect(wrapper.get('[data-test="bills"]').text()).not.toContain('1 条'))
  })

  test('who may only read is offered nothing to do', async () => {
    const { wrapper } = await bills([difference], [MAY.ledger])
    await eventually(() => expect(wrapper.find('[data-test="bills"] tbody tr').exists()).toBe(true))
    expect(wrapper.find('[data-test="fetch"]').exists()).toBe(false)
    await wrapper.get('[data-test="bills"] tbody tr').trigger('click')
    await eventually(() => expect(shown('[data-test="differences"]').textContent).toContain('待说明'))
    expect(shown('[data-test="differences"]').querySelector('button')).toBeNull()
  })

  test('a bill that agrees says so', async () => {
    const { wrapper } = await bills([])
    await eventually(() => expect(wrapper.find('[data-test="bills"] tbody tr').exists()).toBe(true))
    await wrapper.get('[data-test="bills"] tbody tr').trigger('click')
    await eventually(() => expect(shown('[data-test="no-differences"]').textContent).toContain('逐笔相符'))
  })
})

describe('ledger', () => {
  type Balance = PlatformTrialBalanceQuery['platformTrialBalance']
  const rows: Balance['rows'] = [
    { kind: 'WECHAT_RECEIVABLE', accounts: 1, opening: 0, debits: 10_000, credits: 0, closing: 10_000 },
    { kind: 'MERCHANT_PAYABLE', accounts: 2, opening: 0, debits: 0, credits: 10_000, closing: -10_000 },
  ]

  function ledger(difference: number, permissions = [MAY.ledger]) {
    return open('/ledger', permissions, {
      PlatformTrialBalance: () => ({ platformTrialBalance: { debits: 10_000, credits: 10_000 - difference, difference, rows } }),
      PlatformLedgerDifferences: () => ({ platformLedgerDifferences: [{ id: 'x1', fault: 'PAYMENT_NOT_POSTED', orderId: 'o1', expected: 3990, found: 0 }] }),
      PlatformLedgerAccounts: () => ({
        platformLedgerAccounts: { total: 2, items: [1, 2].map((n) => ({ id: `a${n}`, kind: 'MERCHANT_PAYABLE', opening: 0, debits: 0, credits: 5000, closing: -5000, merchant: { id: `m${n}`, name: `合作社${n}` } })) },
      }),
      PlatformLedgerEntries: ({ accountId }) => ({
        platformLedgerEntries: { nodes: [{ at: '2026-11-30T01:00:00Z', amount: -5000, transactionId: 't1', kind: 'PAYMENT', memo: `付款 ${String(accountId)}`, orderId: 'o1' }], pageInfo: { hasNextPage: false, endCursor: null } },
      }),
    })
  }

  test('books that balance say so, and all sums stand below', async () => {
    const { wrapper } = await ledger(0)
    await eventually(() => expect(wrapper.find('[data-test="balanced"]').exists()).toBe(true))
    expect(wrapper.get('[data-test="trial-balance"]').text()).toContain('-¥100.00')
    expect(wrapper.get('.total').text()).toContain('余额合计 ¥0.00')
  })

  test('books that do not balance cry, with what is missing', async () => {
    const { wrapper } = await ledger(1)
    await eventually(() => expect(wrapper.get('[data-test="unbalanced"]').text()).toContain('相差 ¥0.01'))
    expect(wrapper.find('[data-test="balanced"]').exists()).toBe(false)
  })

  test('an account of many owners opens to each of them, and from there to its entries', async () => {
    const { asked, wrapper } = await ledger(0)
    await eventually(() => expect(wrapper.findAll('[data-test="trial-balance"] tbody tr')).toHaveLength(2))
    await wrapper.findAll('[data-test="trial-balance"] tbody tr')[1]?.trigger('click')
    const account = await eventually(() => shown('[data-test="accounts"] tbody tr:nth-child(2)'))
    expect(account.textContent).toContain('合作社2')
    account.click()
    await eventually(() => expect(document.body.textContent).toContain('付款 a2'))
    expect(asked.find(({ name }) => name === 'PlatformLedgerEntries')?.variables).toMatchObject({ accountId: 'a2' })
  })

  test('what the books and the rows disagree about is listed with the way to its order', async () => {
    const { wrapper } = await ledger(0)
    await eventually(() => expect(wrapper.find('[data-test="balanced"]').exists()).toBe(true))
    await wrapper.get('[data-test="check"]').trigger('click')
    await eventually(() => expect(shown('[data-test="differences"]').textContent).toContain('¥39.90'))
    expect(shown('[data-test="differences"] a').getAttribute('href')).toContain('/orders/o1')
  })
})
