import { describe, expect, it } from 'vitest'
import type { CardPriceFragment } from '@/gql/graphql'
import { isGone, marksOf, priceNow } from '@/text/price'

const plain: CardPriceFragment = { minPrice: 3990, maxPrice: 9890, pricePer500g: 598, campaign: null }

function running(campaign: Partial<NonNullable<CardPriceFragment['campaign']>>): CardPriceFragment {
  const none = { kinds: [], kind: null, price: null, pricePer500g: null, struckPrice: null, varies: false }
  return { ...plain, campaign: { ...none, ...campaign } }
}

describe('what goods cost now', () => {
  it('is their own lowest price while nothing runs', () => {
    expect(priceNow(plain)).toEqual({ fen: 3990, from: true, struck: '', per: '约 ¥5.98/500g' })
    expect(marksOf(plain)).toEqual([])
  })

  it('is the price of what runs, with what one piece costs without it', () => {
    const flash = running({ kinds: ['FLASH'], kind: 'FLASH', price: 1990, pricePer500g: 398, struckPrice: 3990 })
    expect(priceNow(flash)).toEqual({ fen: 1990, from: false, struck: '39.90', per: '约 ¥3.98/500g' })
    expect(priceNow(running({ kinds: ['FLASH'], kind: 'FLASH', price: 1990, varies: true })).from).toBe(true)
  })

  it('strikes nothing through that the law does not let be', () => {
    expect(priceNow(running({ kinds: ['FLASH'], kind: 'FLASH', price: 1990 })).struck).toBe('')
  })

  it('stays their own where a group or a deposit makes none', () => {
    const group = running({ kinds: ['GROUP', 'PRESALE'] })
    expect(priceNow(group)).toEqual(priceNow(plain))
    expect(marksOf(group)).toEqual(['拼团', '预售'])
  })

  it('names first whose price is shown', () => {
    expect(marksOf(running({ kinds: ['FLASH', 'PRESALE'], kind: 'PRESALE', price: 10 }))).toEqual(['预售', '秒杀'])
  })
})

describe('what is sold out', () => {
  it('is not what has pieces of its own', () => {
    expect(isGone({ ...plain, inStock: false })).toBe(true)
    expect(isGone({ ...plain, inStock: true })).toBe(false)
    expect(isGone({ ...running({ kinds: ['PRESALE'] }), inStock: false })).toBe(false)
    expect(isGone({ ...running({ kinds: ['GROUP'] }), inStock: false })).toBe(true)
  })
})
