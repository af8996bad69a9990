import { describe, expect, it } from 'vitest'
import {
  allSelected,
  checkoutLines,
  hasShortSelection,
  missingToFree,
  mostOf,
  overText,
  staleLines,
  toSelect,
  type CartGroup,
  type CartLine,
} from '@/pages/cart/groups'

type Problem = CartLine['problem']

function line(skuId: string, selected: boolean, problem: Problem = null, quantity = 1): CartLine {
  const product = { id: 'p', title: '苹果', state: 'ON_SALE' as const, cover: null }
  const sku = {
    id: skuId,
    name: '5斤',
    price: 1000,
    available: 5,
    limitEach: null,
    limitDays: null,
    active: true,
    productId: 'p',
    product,
  }
  return {
    skuId,
    quantity,
    selected,
    priceSeen: 1000,
    amount: 1000 * quantity,
    problem,
    left: null,
    notSent: null,
    sku,
  }
}

function group(lines: CartLine[], goodsTotal = 0, freight = 800, freeFreightFrom: number | null = 9900): CartGroup {
  const merchant = { id: 'm', name: '合作社', state: 'OPEN' as const, freight, freeFreightFrom }
  return { goodsTotal, discountTotal: 0, freight, reductions: [], lines, merchant }
}

describe('cart groups', () => {
  it('counts a group as selected when all that can be bought is', () => {
    expect(allSelected([group([line('a', true), line('b', false, 'SOLD_OUT')])])).toBe(true)
    expect(allSelected([group([line('a', true), line('b', false)])])).toBe(false)
    expect(allSelected([group([line('b', true, 'OFF_SALE')])])).toBe(false)
    expect(allSelected([])).toBe(false)
  })

  it('selects all, and takes all marks away when all are there', () => {
    const mixed = [group([line('a', true), line('gone', false, 'SOLD_OUT')]), group([line('b', false)])]
    expect(toSelect(mixed)).toEqual({ skuIds: ['a', 'b'], selected: true })
    expect(toSelect([group([line('a', true)])])).toEqual({ skuIds: ['a'], selected: false })
  })

  it('sends to the checkout what is selected and can be bought', () => {
    const groups = [
      group([line('a', true, null, 2), line('b', false)]),
      group([line('c', true, 'PRICE_CHANGED'), line('d', true, 'SHORT'), line('e', true, 'SOLD_OUT')]),
    ]
    expect(checkoutLines(groups)).toBe('a:2,c:1')
    expect(hasShortSelection(groups)).toBe(true)
    expect(staleLines(groups).map((each) => each.skuId)).toEqual(['e'])
  })

  it('keeps what is not sent to the buyer out of the checkout', () => {
    const groups = [group([line('a', true), line('far', true, 'UNDELIVERABLE')])]
    expect(checkoutLines(groups)).toBe('a:1')
  })

  it('keeps what is more than one may buy out of the checkout, and says why', () => {
    const base = line('few', true, 'OVER_LIMIT', 3)
    const few = { ...base, left: 1, sku: { ...base.sku, limitEach: 2, limitDays: 30 } }
    const groups = [group([line('a', true), few])]
    expect(checkoutLines(groups)).toBe('a:1')
    expect(hasShortSelection(groups)).toBe(true)
    expect(mostOf(few)).toBe(1)
    expect(overText(few)).toBe('每人 30 天内限购 2 件，您还可购买 1 件')
    expect(overText({ ...few, left: 2 })).toBe('每人 30 天内限购 2 件')
    expect(overText(line('a', true))).toBe('库存仅剩 5 件')
  })

  it('says how much is missing to free freight, and only where there is freight to save', () => {
    expect(missingToFree(group([], 5980))).toBe(3920)
    expect(missingToFree({ ...group([], 9900), discountTotal: 500 })).toBe(500)
    expect(missingToFree(group([], 9900))).toBeUndefined()
    expect(missingToFree(group([], 0))).toBeUndefined()
    expect(missingToFree(group([], 5980, 0))).toBeUndefined()
    expect(missingToFree(group([], 5980, 800, null))).toBeUndefined()
  })
})
