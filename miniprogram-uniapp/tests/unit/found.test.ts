import { describe, expect, it } from 'vitest'
import { bandChoice, bandText, countOf, filterOf, NOTHING_CHOSEN, toggled } from '@/pages/results/filter'
import { armOf, fnv1a } from '@/pages/results/bucket'
import { hereOf, rough } from '@/pages/results/near'
import { distanceText } from '@/text/distance'
import { relaxedName, rowOf, rowsOf, without } from '@/pages/results/found'

describe('pages that were found', () => {
  it('are rows that lead somewhere; goods are none', () => {
    const place = { __typename: 'Region', code: '530627', name: '镇雄县', fullName: '昭通市 镇雄县' } as const
    expect(rowOf(place)).toMatchObject({ kind: 'ORIGIN', target: '530627', note: '昭通市 镇雄县的好物', logo: '' })
    const brand = { __typename: 'Brand', id: 'b1', name: '乌金人家', productCount: 2, logo: null } as const
    expect(rowsOf([{ __typename: 'Product' }, brand])).toEqual([
      { id: 'b1', kind: 'BRAND', target: 'b1', name: '乌金人家', note: '在售 2 件', logo: '' },
    ])
  })
})

describe('giving up a filter', () => {
  it('says which and clears only that one', () => {
    const choice = { ...NOTHING_CHOSEN, priceFrom: '20', priceTo: '49.99', merchantId: 'm1' }
    expect(relaxedName({ filter: 'priceFrom', total: 12 })).toBe('去掉“价格”，有 12 件')
    expect(without(choice, 'priceFrom')).toEqual({ ...NOTHING_CHOSEN, merchantId: 'm1' })
    expect(without(choice, 'a new one')).toEqual(NOTHING_CHOSEN)
    expect(countOf(choice)).toBe(2)
  })
})

describe('attributes', () => {
  it('have several values, and go with the last of them', () => {
    const one = toggled({}, 'a1', '80')
    const both = toggled(one, 'a1', '85')
    expect(filterOf({ ...NOTHING_CHOSEN, attributes: both }).attributes).toEqual([
      { attributeId: 'a1', values: ['80', '85'] },
    ])
    expect(toggled(both, 'a1', '80')).toEqual({ a1: ['85'] })
    expect(toggled(one, 'a1', '80')).toEqual({})
    expect(filterOf(NOTHING_CHOSEN).attributes).toBeNull()
    expect(countOf({ ...NOTHING_CHOSEN, attributes: { ...both, a2: ['true'] }, inStock: true })).toBe(3)
    expect(without({ ...NOTHING_CHOSEN, attributes: both, inStock: true }, 'attributes')).toEqual({
      ...NOTHING_CHOSEN,
      inStock: true,
    })
  })
})

describe('distances', () => {
  it('are told as far as they matter', () => {
    expect([300, 999, 1000, 3240, 99_940, 100_000, 123_400].map(distanceText)).toEqual([
      ...['1 km 内', '1 km 内', '1.0 km', '3.2 km', '99.9 km', '100 km', '123 km'],
    ])
  })

  it('are counted from about where somebody is', () => {
    expect(rough({ latitude: 27.31774, longitude: 103.71771 })).toEqual({ latitude: 27.32, longitude: 103.72 })
    const place = { code: '530602', name: '昭阳区', latitude: 27.320075, longitude: 103.706539 }
    expect(hereOf(place)).toEqual({ code: '530602', name: '昭阳区', near: { latitude: 27.32, longitude: 103.71 } })
    expect(hereOf({ ...place, latitude: null })).toBeUndefined()
  })
})

describe('the arm of an experiment', () => {
  const devices = Array.from({ length: 20_000 }, (_, place) => `d${place}`)

  it('is the same for a device, and that of about so many as are wanted', () => {
    expect(fnv1a('')).toBe(0x811c9dc5)
    expect(fnv1a('foobar')).toBe(0xbf9cf968)
    for (const share of [1, 10, 50]) {
      const arms = devices.map((device) => armOf({ id: 'e1', share }, device))
      expect(arms).toEqual(devices.map((device) => armOf({ id: 'e1', share }, device)))
      expect(arms.filter((arm) => arm === 'B').length / devices.length).toBeCloseTo(share / 100, 1)
    }
  })

  it('of one experiment says nothing of the arm in another', () => {
    const both = devices.filter((device) => ['e1', 'e2'].every((id) => armOf({ id, share: 50 }, device) === 'B'))
    expect(both.length / devices.length).toBeCloseTo(0.25, 1)
  })
})

describe('bands of prices', () => {
  it('are read as people say them and asked for to the fen', () => {
    const bands = [
      { priceFrom: 0, priceTo: 1999 },
      { priceFrom: 2000, priceTo: 4999 },
      { priceFrom: 50000, priceTo: null },
    ]
    expect(bands.map(bandText)).toEqual(['20 以下', '20–50', '500 以上'])
    const asked = bands.map((band) => filterOf({ ...NOTHING_CHOSEN, ...bandChoice(band) }))
    expect(asked.map(({ priceFrom, priceTo }) => [priceFrom, priceTo])).toEqual([
      [null, 1999],
      [2000, 4999],
      [50000, null],
    ])
  })
})
