import { describe, expect, it } from 'vitest'
import { choiceNote, conditionOf, pickedAfter, scopeOf, shortOf, worthOf, reachText } from '@/text/coupons'

const off = { threshold: 5000, off: 500, percentOff: 0, most: null }
const percent = { threshold: 6000, off: 0, percentOff: 10, most: 2000 }
const half = { threshold: 6050, off: 0, percentOff: 15, most: 2000 }

describe('what a coupon is worth', () => {
  it('says yuan, or a fold', () => {
    expect(worthOf(off)).toEqual({ number: '5', unit: '元' })
    expect(worthOf(percent)).toEqual({ number: '9', unit: '折' })
    expect(worthOf(half)).toEqual({ number: '8.5', unit: '折' })
  })

  it('says from when on, and how much at most', () => {
    expect(conditionOf(off)).toBe('满 50 元可用')
    expect(conditionOf(percent)).toBe('满 60 元可用，最多减 20 元')
  })

  it('says which goods it is for, and that it goes with no other', () => {
    expect(scopeOf({ allGoods: true, exclusive: false })).toBe('')
    expect(scopeOf({ allGoods: false, exclusive: true })).toBe(' · 指定商品 · 不与其他券同享')
  })

  it('fits on a tag', () => {
    expect([off, percent, half].map(shortOf)).toEqual(['满50减5', '满60打9折', '满60.5打8.5折'])
  })
})

describe('choosing', () => {
  const shop = { id: 'a', saved: 500, merchantId: 'm1', exclusive: false }
  const other = { id: 'b', saved: 0, merchantId: 'm1', exclusive: false }
  const general = { id: 'c', saved: 300, merchantId: null, exclusive: false }

  it('takes one of each giver: another of the same shop takes its place, the platform stays', () => {
    expect(pickedAfter(other, [shop, other, general])).toEqual(['c', 'b'])
  })

  it('lets an exclusive one of the platform stand alone, and one of a shop beside those of other shops', () => {
    const alone = { id: 'd', saved: 0, merchantId: null, exclusive: true }
    expect(pickedAfter(alone, [shop, general, alone])).toEqual(['d'])
    const elsewhere = { id: 'e', saved: 0, merchantId: 'm2', exclusive: true }
    expect(pickedAfter(elsewhere, [shop, general, elsewhere])).toEqual(['a', 'e'])
  })

  it('puts back what is tapped again', () => {
    expect(pickedAfter(shop, [shop, other, general])).toEqual(['c'])
  })

  it('says what was saved, or how many there are', () => {
    expect(choiceNote([shop, other, general])).toBe('已用 2 张，减 8 元')
    expect(choiceNote([other])).toBe('1 张，未使用')
    expect(choiceNote([])).toBe('暂无可用')
  })
})

describe('reaching a 满减', () => {
  const steps = [
    { threshold: 9900, off: 1000 },
    { threshold: 19900, off: 2500 },
  ]
  const short = { off: 0, note: '再买 12.5 元可减 10 元', missing: 1250, nextOff: 1000 }

  it('says how far the chosen goods are, and of none the first step', () => {
    expect(reachText(undefined, steps)).toBe('再买 99 元减 10 元')
    expect(reachText(short, steps)).toBe('再买 12.5 元减 10 元')
  })

  it('goes on to the next step, and says when there is none', () => {
    expect(reachText({ ...short, off: 1000, note: null, missing: 8000, nextOff: 2500 }, steps)).toBe(
      '已减 10 元，再买 80 元减 25 元',
    )
    expect(reachText({ off: 2500, note: null, missing: null, nextOff: null }, steps)).toBe('已减 25 元，已是最高一档')
  })

  it('says why it takes nothing off where that is no question of money', () => {
    expect(reachText({ off: 0, note: '这些商品已享其他满减', missing: null, nextOff: null }, steps)).toBe(
      '这些商品已享其他满减',
    )
  })
})
