import { createPinia, setActivePinia } from 'pinia'
import { ref } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useOneKind, type OneKindChecked, type OneKindInput, type OneKindPlaced } from '@/page/one-kind'

const went: string[] = []
const told: string[] = []

vi.mock('@/page/go', () => ({
  address: (path: string, query: Record<string, string>) => `${path}?${new URLSearchParams(query).toString()}`,
  back: () => went.push('back'),
  go: { addresses: () => went.push('addresses') },
}))
vi.mock('@/page/tell', () => ({
  tell: (text: string) => told.push(text),
  tellFailure: () => told.push('failure'),
  confirmed: (_title: string, content: string) => Promise.resolve(told.push(content) > 0),
}))

const home = { id: 'home', name: '陈小麦', phone: '13800000001', regionName: '昭阳区', detail: '团结路 1 号' }
const shown: OneKindChecked = {
  __typename: 'CheckoutPreview',
  goodsTotal: 3000,
  discountTotal: 300,
  freight: 0,
  total: 2700,
  needsReturnWaiver: [],
  address: home,
  groups: [],
}

function page(checked: OneKindChecked, placed: OneKindPlaced) {
  const look = vi.fn(() => Promise.resolve())
  const asked: OneKindInput[] = []
  const place = (input: OneKindInput) => {
    asked.push(input)
    return Promise.resolve(placed)
  }
  return { look, asked, place, ...useOneKind(ref(checked), look) }
}

beforeEach(() => {
  setActivePinia(createPinia())
  went.length = told.length = 0
  vi.stubGlobal('uni', { redirectTo: ({ url }: { url: string }) => went.push(url) })
})

describe('one kind of goods', () => {
  it('is placed once, and then paid for', async () => {
    const { submit, place, asked } = page(shown, { __typename: 'Trade', id: 'T1' })
    submit(place)
    submit(place)
    await vi.waitFor(() => expect(went).toEqual(['/pkg-trade/cashier/cashier?trade=T1']))
    submit(place)
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ quantity: 1, addressId: 'home', expectedTotal: 2700, noReturnConfirmed: false })
  })

  it('needs an address, and the tick where goods cannot be returned', () => {
    const nowhere = page({ ...shown, address: null }, { __typename: 'Trade', id: 'T1' })
    nowhere.submit(nowhere.place)
    const fresh = page({ ...shown, needsReturnWaiver: ['sku'] }, { __typename: 'Trade', id: 'T1' })
    fresh.submit(fresh.place)
    expect(told).toEqual(['请先选择收货地址', '请先勾选退货规则的确认'])
    fresh.waived.value = true
    fresh.submit(fresh.place)
    expect([nowhere.asked.length, fresh.asked.length, fresh.asked[0]?.noReturnConfirmed]).toEqual([0, 1, true])
  })

  it('says the new price, and can then be placed under the same key', async () => {
    const { submit, place, asked, look } = page(shown, { __typename: 'PriceChanged', message: '', total: 2900 })
    submit(place)
    await vi.waitFor(() => expect(told.join()).toContain('¥29'))
    expect(look).toHaveBeenCalledOnce()
    await vi.waitFor(() => {
      submit(place)
      expect(asked).toHaveLength(2)
    })
    expect(asked[0]?.idempotencyKey).toBe(asked[1]?.idempotencyKey)
  })

  it('has a way out of every problem', () => {
    const far = page({ __typename: 'Undeliverable', code: 'UNDELIVERABLE', message: '' }, shown as never)
    expect(far.wayOut.value.name).toBe('换收货地址')
    far.wayOut.value.go()
    const many = page({ __typename: 'OutOfStock', code: 'OUT_OF_STOCK', message: '' }, shown as never)
    many.change(3)
    expect(many.wayOut.value.name).toBe('改为 1 件')
    many.wayOut.value.go()
    expect(many.quantity.value).toBe(1)
    many.wayOut.value.go()
    expect(went).toEqual(['addresses', 'back'])
  })

  it('lets a page take a refusal for itself', async () => {
    const mine = page(shown, { __typename: 'OutOfStock', code: 'OUT_OF_STOCK', message: '被抢光了' })
    const taken: string[] = []
    mine.submit(mine.place, ({ message }) => taken.push(message) > 0)
    await vi.waitFor(() => expect(taken).toEqual(['被抢光了']))
    expect(told).toEqual([])
  })
})
