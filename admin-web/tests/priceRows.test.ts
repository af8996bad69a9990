import { expect, it } from 'vitest'
import { treeRows, type PriceRow } from '@/views/orders/priceRows'

const row = (level: number, kind: PriceRow['kind'], amount: number): PriceRow => ({ level, kind, label: kind, amount, party: null, note: null })
const ROWS = [
  row(0, 'MERCHANT', 8580),
  row(1, 'GOODS', 7980),
  row(2, 'LINE', 7980),
  row(1, 'MERCHANT_COUPON', -200),
  row(2, 'LINE', -200),
  row(1, 'FREIGHT', 800),
]

it('shows what makes an order cost what it costs, the sum last, and the lines only where something is taken off', () => {
  expect(treeRows(ROWS).map(({ row, deep }) => [row.label, row.amount, deep])).toEqual([
    ['GOODS', 7980, false],
    ['MERCHANT_COUPON', -200, false],
    ['LINE', -200, true],
    ['FREIGHT', 800, false],
    ['订单金额', 8580, false],
  ])
})

it('has nothing to show of nothing', () => expect(treeRows([])).toEqual([]))
