import { flushPromises } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { ProductFormFieldsFragment } from '@/gql/graphql'
import { imageKey } from '@/api/upload'
import { faultsOf, formOf, inputOf, newForm, newSku } from '@/views/merchant/productForm'
import { merchantRoutes } from '@/views/merchant/routes'
import { eventually, openConsole } from './console'

const stored: ProductFormFieldsFragment = {
  id: 'p1',
  title: '昭通苹果',
  subtitle: '',
  description: '',
  state: 'DRAFT',
  reviewNote: null,
  categoryId: 'c1',
  originCode: '530602',
  storage: 'AMBIENT',
  returnClass: 'SEVEN_DAYS',
  freightTemplateId: null,
  shelfLifeDays: null,
  harvestFrom: 9,
  harvestTo: 11,
  harvestFromDay: null,
  shipsFrom: null,
  grade: '',
  soldBy: 'WEIGHT',
  tolerancePercent: null,
  attributes: [],
  pendingChangeId: null,
  version: 3,
  brand: null,
  images: [{ url: '/media/abc123', alt: '苹果', focusX: 500, focusY: 500 }],
  clip: null,
  clipPoster: null,
  skus: [{ id: 'k1', name: '5 斤装', price: 3990, marketWanted: null, marketWantedBasis: 'ORIGINAL', marketSource: '', marketHidden: null, weight: 2500, grossWeight: 2800, length: null, width: null, height: null, limitEach: 5, limitDays: 30, available: 10, active: true }],
}

describe('product form', () => {
  test('yuan typed become fen on the wire, to the digit', async () => {
    const { asked, wrapper } = await openConsole({
      kind: 'MERCHANT',
      routes: merchantRoutes,
      permissions: [MAY.shopProductsRead, MAY.shopProductsWrite],
      at: '/products/p1',
      bare: true,
      answers: {
        MerchantProduct: () => ({ merchantProduct: stored }),
        CategoryChoices: () => ({ categories: [{ id: 'c1', name: '苹果', children: [] }] }),
        BrandChoices: () => ({ brands: [] }),
        CategoryAttributes: () => ({ categoryAttributes: [] }),
        MerchantGrades: () => ({ merchantGrades: [] }),
        MerchantCheckWords: () => ({ merchantCheckWords: [] }),
        FreightChoices: () => ({ merchantFreightTemplates: [] }),
        RegionChildren: () => ({ regions: [] }),
        RegionOf: () => ({ region: { code: '530602', name: '昭阳区', level: 'COUNTY', parentCode: '530600' } }),
        MerchantSaveProduct: () => ({ merchantSaveProduct: { __typename: 'Product', ...stored, version: 4 } }),
      },
    })
    await eventually(() => expect(wrapper.find('input[aria-label="售价"]').exists()).toBe(true))
    const price = wrapper.get<HTMLInputElement>('input[aria-label="售价"]')
    expect(price.element.value).toBe('39.90')

    await price.setValue('39.999')
    await wrapper.get('[data-test="save"]').trigger('click')
    await flushPromises()
    expect(wrapper.get('[role="alert"].fault').text()).toContain('最多两位小数')
    expect(asked.some(({ name }) => name === 'MerchantSaveProduct')).toBe(false)

    await price.setValue('1.15')
    await wrapper.get('input[aria-label="划线价"]').setValue('1.4')
    await wrapper.get('input[aria-label="每人限购（件）"]').setValue('3')
    await wrapper.get('[data-test="save"]').trigger('click')
    await flushPromises()
    const sent = asked.find(({ name }) => name === 'MerchantSaveProduct')?.variables
    expect(sent).toMatchObject({
      id: 'p1',
      input: { version: 3, images: [{ key: 'abc123', alt: '苹果', focusX: 500, focusY: 500 }], clipKey: null, clipPosterKey: null, skus: [{ id: 'k1', price: 115, marketPrice: 140, weight: 2500, limitEach: 3, limitDays: 30 }] },
    })
  })

  test('what was stored comes back unchanged', () => {
    const input = inputOf(formOf(stored))
    expect(input).toMatchObject({ title: '昭通苹果', originCode: '530602', harvestFrom: 9, harvestTo: 11, brandId: null, version: 3 })
    expect(input.skus).toEqual([{ id: 'k1', name: '5 斤装', price: 3990, marketPrice: null, marketBasis: 'ORIGINAL', marketSource: '', weight: 2500, grossWeight: 2800, length: null, width: null, height: null, limitEach: 5, limitDays: 30, active: true, stock: 0 }])
    expect(faultsOf(formOf(stored))).toEqual({})
    const form = formOf(stored)
    form.skus = form.skus.map((sku) => ({ ...sku, limitEach: null }))
    expect(inputOf(form).skus[0]).toMatchObject({ limitEach: null, limitDays: null })
  })

  test('each fault is found at its place', () => {
    const empty = newForm()
    expect(Object.keys(faultsOf(empty))).toEqual(['title', 'categoryId', 'originCode', 'skus.0'])
    expect(faultsOf(empty, true)['images']).toContain('图片')
    const form = formOf(stored)
    form.harvestTo = null
    form.skus = [
      { ...newSku(), name: '甲', price: 0 },
      { ...newSku(), name: '乙', price: 100, marketPrice: 99 },
      { ...newSku(), name: '乙', price: 100, grossWeight: 1 },
    ]
    expect(faultsOf(form)).toMatchObject({ harvest: expect.stringContaining('采收期'), 'skus.0': '价格须在 0.01 元到 100 万元之间', 'skus.1': '规格名称重复' })
  })

  test('the key of a picture is the last part of its address', () => {
    expect(imageKey('https://cdn.example/media/ab12?w=400')).toBe('ab12')
    expect(imageKey('/media/ab12')).toBe('ab12')
  })
})
