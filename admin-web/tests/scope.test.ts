import { describe, expect, it } from 'vitest'
import { scopeInput, scopeOf } from '@/views/promotions/scope'
import { goodsText } from '@/views/promotions/words'

const apples = { id: 'p1', name: '昭通苹果' }
const pears = { id: 'p2', name: '麻皮秋梨' }

describe('what a campaign is for', () => {
  it('is shown again as it was chosen, and sent as it is shown', () => {
    const products = { categoryIds: null, productIds: ['p1', 'p2'], goods: [apples, pears] }
    expect(scopeOf(products)).toEqual({ by: 'PRODUCT', goods: [apples, pears] })
    expect(scopeInput(scopeOf(products))).toEqual({ categoryIds: null, productIds: ['p1', 'p2'] })
    const branch = { categoryIds: ['c1'], productIds: null, goods: [{ id: 'c1', name: '水果' }] }
    expect(scopeInput(scopeOf(branch))).toEqual({ categoryIds: ['c1'], productIds: null })
  })

  it('is everything where nothing was chosen', () => {
    expect(scopeInput(scopeOf(null))).toEqual({ categoryIds: null, productIds: null })
    expect(scopeInput({ by: 'ALL', goods: [apples] })).toEqual({ categoryIds: null, productIds: null })
  })

  it('asks for at least one where some are to be chosen, and lets the server refuse none', () => {
    expect(scopeInput({ by: 'PRODUCT', goods: [] })).toEqual({ categoryIds: null, productIds: [] })
  })

  it('is told by name as far as one glance goes', () => {
    expect(goodsText({ goods: [apples, pears] })).toBe('昭通苹果、麻皮秋梨')
    const many = Array.from({ length: 15 }, (_, at) => ({ id: String(at), name: `果${at}` }))
    expect(goodsText({ goods: many })).toBe(`${many.slice(0, 12).map(({ name }) => name).join('、')} 等 15 项`)
  })
})
