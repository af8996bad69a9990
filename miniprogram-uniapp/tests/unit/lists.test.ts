import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '@/api/failure'
import { useLoader } from '@/page/loader'
import { usePaged } from '@/page/paged'
import { countOf, filterOf, nextSort, NOTHING_CHOSEN } from '@/pages/results/filter'
import { nearest } from '@/pages/home/nearest'
import { param } from '@/page/param'
import { parseLines } from '@/pkg-trade/checkout/wanted'
import { problemsOf } from '@/pkg-member/address/form'
import { newErrand } from '@/text/errand'
import { maskPhone } from '@/text/phone'
import { clockText, secondsUntil, shanghaiMinute, shanghaiMonthDay } from '@/text/time'

const showToast = vi.fn()
beforeEach(() => {
  showToast.mockReset()
  vi.stubGlobal('uni', { showToast })
})
afterEach(() => vi.unstubAllGlobals())

const page = (ids: string[], endCursor: string | null) => ({
  nodes: ids.map((id) => ({ id })),
  total: 4,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
})

describe('loader', () => {
  it('keeps the newest answer when an older one arrives late', async () => {
    const waiting: ((text: string) => void)[] = []
    const { data, load } = useLoader(() => new Promise<string>((resolve) => waiting.push(resolve)))
    const first = load()
    const second = load()
    waiting[1]?.('new')
    await second
    waiting[0]?.('old')
    await first
    expect(data.value).toBe('new')
  })

  it('fails without data, and keeps data with a message when only a refresh fails', async () => {
    let up = false
    const { data, state, failure, load } = useLoader(async () => {
      if (!up) throw new Failure('network')
      return 'data'
    })
    expect(state.value).toBe('loading')
    await load()
    expect([state.value, failure.value?.kind]).toEqual(['failed', 'network'])
    up = true
    await load()
    up = false
    await load()
    expect([state.value, data.value]).toEqual(['ready', 'data'])
    expect(showToast).toHaveBeenCalledTimes(1)
  })
})

describe('paged', () => {
  it('appends pages, shows nothing twice, and ends', async () => {
    const read = vi.fn(async (after: string | null) =>
      after === null ? page(['a', 'b'], 'x') : page(['b', 'c'], null),
    )
    const { nodes, tail, restart, more } = usePaged(read)
    await restart()
    expect(tail.value).toBe('more')
    await Promise.all([more(), more()])
    expect(nodes.value.map((node) => node.id)).toEqual(['a', 'b', 'c'])
    expect(tail.value).toBe('end')
    await more()
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('drops an answer to an earlier question', async () => {
    const waiting: ((answer: ReturnType<typeof page>) => void)[] = []
    const { nodes, restart } = usePaged(() => new Promise<ReturnType<typeof page>>((resolve) => waiting.push(resolve)))
    const first = restart()
    const second = restart()
    waiting[1]?.(page(['new'], null))
    await second
    waiting[0]?.(page(['old'], null))
    await first
    expect(nodes.value).toEqual([{ id: 'new' }])
  })

  it('keeps what is shown when a later page fails, and tries that page again', async () => {
    let up = true
    const read = vi.fn(async (after: string | null) => {
      if (!up) throw new Failure('network')
      return after === null ? page(['a'], 'x') : page(['b'], null)
    })
    const { nodes, tail, state, restart, more } = usePaged(read)
    await restart()
    up = false
    await more()
    expect([state.value, tail.value]).toEqual(['ready', 'failed'])
    up = true
    await more()
    expect(nodes.value.map((node) => node.id)).toEqual(['a', 'b'])
  })
})

describe('filter', () => {
  it('is empty when nothing is chosen', () => {
    expect(countOf(NOTHING_CHOSEN)).toBe(0)
    expect(Object.values(filterOf(NOTHING_CHOSEN)).every((value) => value === null)).toBe(true)
  })

  it('turns a price range typed the wrong way round and counts it once', () => {
    const choice = { ...NOTHING_CHOSEN, priceFrom: '50', priceTo: '9.9', originCode: '530602' }
    expect(filterOf(choice)).toMatchObject({ priceFrom: 990, priceTo: 5000, originCode: '530602' })
    expect(countOf(choice)).toBe(2)
  })

  it('ignores a price that is none', () => {
    expect(filterOf({ ...NOTHING_CHOSEN, priceFrom: 'abc' })).toMatchObject({ priceFrom: null })
  })

  it('changes the direction of the price only when it is tapped again', () => {
    expect(nextSort('RELEVANCE', 'PRICE')).toBe('PRICE_ASC')
    expect(nextSort('PRICE_ASC', 'PRICE')).toBe('PRICE_DESC')
    expect(nextSort('PRICE_DESC', 'SALES')).toBe('SALES')
  })
})

describe('small things', () => {
  it('reads the lines of a checkout and leaves out what does not fit', () => {
    expect(parseLines('a:2,b:0,c:x,:1,d:3')).toEqual([
      { skuId: 'a', quantity: 2 },
      { skuId: 'd', quantity: 3 },
    ])
    expect(parseLines('')).toEqual([])
  })

  it('names an errand within what the server takes, never twice the same', () => {
    const names = new Set(Array.from({ length: 200 }, () => newErrand()))
    expect(names.size).toBe(200)
    for (const name of names) expect(name).toMatch(/^[\w-]{8,64}$/)
  })

  it('reads parameters that are encoded, decoded, or hold a percent sign', () => {
    expect(param({ words: '%E8%8B%B9%E6%9E%9C' }, 'words')).toBe('苹果')
    expect(param({ words: '100%纯' }, 'words')).toBe('100%纯')
    expect(param(undefined, 'words')).toBe('')
  })

  it('tells time in Shanghai wherever it runs', () => {
    expect(shanghaiMinute('2026-11-22T16:30:00Z')).toBe('2026-11-23 00:30')
    expect(shanghaiMonthDay('2026-12-31T17:00:00+00:00')).toBe('1月1日')
    expect(secondsUntil('2026-11-22T00:00:10Z', Date.parse('2026-11-22T00:00:00.400Z'))).toBe(10)
    expect(secondsUntil('2026-11-22T00:00:00Z', Date.parse('2026-11-23T00:00:00Z'))).toBe(0)
    expect([clockText(65), clockText(3665), clockText(0)]).toEqual(['01:05', '1:01:05', '00:00'])
  })

  it('finds the nearest county and leaves out what has no place', () => {
    const regions = [
      { code: '530602', longitude: 103.72, latitude: 27.34 },
      { code: '530627', longitude: 104.87, latitude: 27.44 },
      { code: '530699', longitude: null, latitude: null },
    ]
    expect(nearest({ longitude: 104.7, latitude: 27.5 }, regions)?.code).toBe('530627')
    expect(nearest({ longitude: 104.7, latitude: 27.5 }, [])).toBeUndefined()
  })

  it('masks phones and checks addresses', () => {
    expect(maskPhone('13888880001')).toBe('138****0001')
    const good = {
      name: '王小云',
      phone: '13888880001',
      regionCode: '530602102',
      detail: '渔洞路 8 号',
      isDefault: true,
    }
    expect(problemsOf(good)).toEqual({})
    expect(Object.keys(problemsOf({ ...good, name: ' ', phone: '12345', regionCode: '', detail: '1' }))).toEqual([
      'name',
      'phone',
      'regionCode',
      'detail',
    ])
  })
})
