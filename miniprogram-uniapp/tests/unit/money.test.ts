import { describe, expect, it } from 'vitest'
import { fenOf, shortYuan, splitFen, yuan } from '@/text/money'

describe('money', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [3990, '39.90'],
    [100, '1.00'],
    [-250, '-2.50'],
    [9_007_199_254_740_991, '90071992547409.91'],
  ])('writes %i fen as %s', (fen, text) => expect(yuan(fen)).toBe(text))

  it.each([
    [9900, '99'],
    [3990, '39.9'],
    [3999, '39.99'],
    [10000, '100'],
    [0, '0'],
  ])('writes %i fen shortly as %s', (fen, text) => expect(shortYuan(fen)).toBe(text))

  it('splits without a float in between', () => {
    expect(splitFen(2901)).toEqual({ sign: '', whole: '29', cents: '01' })
  })

  it.each([
    ['39.9', 3990],
    ['39', 3900],
    ['0.01', 1],
    [' 8 ', 800],
  ])('reads %s as %i fen', (typed, fen) => expect(fenOf(typed)).toBe(fen))

  it.each(['', '-1', '1.234', 'abc', '1e3', '9999999999'])('refuses %s', (typed) =>
    expect(fenOf(typed)).toBeUndefined(),
  )
})
