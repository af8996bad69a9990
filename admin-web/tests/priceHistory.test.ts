import { describe, expect, it } from 'vitest'
import { lowestOfWeek } from '@/views/merchant/priceHistory'

const NOW = new Date('2026-11-30T00:00:00Z')
const ago = (days: number, price: number | null) => ({ since: new Date(NOW.getTime() - days * 86_400_000).toISOString(), price })

describe('the lowest price of seven days', () => {
  it.each([
    ['nothing on record', [], null],
    ['one price for a month', [ago(30, 5000)], 5000],
    ['raised yesterday', [ago(1, 6000), ago(30, 4000)], 4000],
    ['cheaper eight days ago, but not since', [ago(8, 5000), ago(30, 3000)], 5000],
    ['cheaper six days ago', [ago(6, 5000), ago(8, 3000)], 3000],
    ['not on sale all week', [ago(9, null), ago(30, 5000)], null],
  ])('%s', (_name, changes, lowest) => {
    expect(lowestOfWeek(changes, NOW)).toBe(lowest)
  })
})
