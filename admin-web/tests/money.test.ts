import { describe, expect, test } from 'vitest'
import { fenFromYuan, fenPer500g, formatFen, formatFenBrief, yuanFromFen } from '@/app/money'

describe('yuan to fen', () => {
  test.each([
    ['0', 0],
    ['0.01', 1],
    ['1.1', 110],
    ['19.99', 1999],
    // Through a fraction these would be 1.1500000000000001, 28.999999999999996 and 113.99999999999999 fen.
    ['1.15', 115],
    ['0.29', 29],
    ['1.14', 114],
    ['8.', 800],
    [' 39.90 ', 3990],
    ['9999999.99', 999999999],
  ])('%s yuan is %i fen', (yuan, fen) => expect(fenFromYuan(yuan)).toBe(fen))

  test.each(['', '1.234', '-1', '1e3', '１２', '1,000', '10000000', '.5', 'abc', '1.2.3'])('%o is no amount', (text) =>
    expect(fenFromYuan(text)).toBeNull())

  test('every fen up to a hundred yuan comes back from its own text', () => {
    for (let fen = 0; fen <= 10_000; fen += 1) expect(fenFromYuan(yuanFromFen(fen))).toBe(fen)
  })
})

test('amounts are written with separators and two decimals', () => {
  expect(formatFen(0)).toBe('¥0.00')
  expect(formatFen(5)).toBe('¥0.05')
  expect(formatFen(123450)).toBe('¥1,234.50')
  expect(formatFen(-99)).toBe('-¥0.99')
  expect(formatFen(null)).toBe('—')
  expect(formatFenBrief(9_999_999)).toBe('¥99,999.99')
  expect(formatFenBrief(12_345_678)).toBe('¥12.35万')
})

test('the price of 500 g is rounded half up', () => {
  expect(fenPer500g(3990, 2500)).toBe(798)
  expect(fenPer500g(1, 1000)).toBe(1)
  expect(fenPer500g(1, 1001)).toBe(0)
  expect(fenPer500g(3990, 0)).toBeNull()
})
