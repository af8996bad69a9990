import type { CampaignMark, FoundGoodsFragment, ProductFilter, ProductSort, StorageClass } from '@/gql/graphql'
import { fenOf, shortYuan, yuan } from '@/text/money'

export type Facets = FoundGoodsFragment['facets']

export type AttributeFacet = Facets['attributes'][number]

/** Chosen values by attribute: those of one are alternatives. Never with an empty list. */
export type Traits = Record<string, string[]>

/** What a buyer narrowed the list by; prices as typed, in yuan. */
export interface Choice {
  categoryId: string
  originCode: string
  brandId: string
  merchantId: string
  shopIn: string
  campaign: CampaignMark | ''
  storage: StorageClass | ''
  priceFrom: string
  priceTo: string
  inStock: boolean
  inSeason: boolean
  attributes: Traits
}

export const NOTHING_CHOSEN: Choice = {
  categoryId: '',
  originCode: '',
  brandId: '',
  merchantId: '',
  shopIn: '',
  campaign: '',
  storage: '',
  priceFrom: '',
  priceTo: '',
  inStock: false,
  inSeason: false,
  attributes: {},
}

/** The filter the server understands; a price range typed the wrong way round is turned. */
export function filterOf(choice: Choice): ProductFilter {
  const from = fenOf(choice.priceFrom)
  const to = fenOf(choice.priceTo)
  const turned = from !== undefined && to !== undefined && from > to
  return {
    categoryId: choice.categoryId || null,
    originCode: choice.originCode || null,
    brandId: choice.brandId || null,
    merchantId: choice.merchantId || null,
    shopIn: choice.shopIn || null,
    campaign: choice.campaign || null,
    storage: choice.storage || null,
    priceFrom: (turned ? to : from) ?? null,
    priceTo: (turned ? from : to) ?? null,
    inStock: choice.inStock || null,
    inSeason: choice.inSeason || null,
    attributes: attributesOf(choice.attributes),
  }
}

function attributesOf(traits: Traits): ProductFilter['attributes'] {
  const chosen = Object.entries(traits).map(([attributeId, values]) => ({ attributeId, values }))
  return chosen.length ? chosen : null
}

/** The choice with one value more, or without it when it was chosen; its attribute goes with its last value. */
export function toggled(traits: Traits, attributeId: string, value: string): Traits {
  const { [attributeId]: before = [], ...others } = traits
  const values = before.includes(value) ? before.filter((one) => one !== value) : [...before, value]
  return values.length ? { ...others, [attributeId]: values } : others
}

/** How many narrowings are in force, for the mark on the filter button. */
export function countOf(choice: Choice): number {
  const { categoryId, originCode, brandId, merchantId, shopIn, campaign, storage, inStock, inSeason } = choice
  const price = choice.priceFrom || choice.priceTo
  const plain = [categoryId, originCode, brandId, merchantId, shopIn, campaign, storage, price, inStock, inSeason]
  return plain.filter(Boolean).length + Object.keys(choice.attributes).length
}

/** The counties among values of a facet of places; towns and the city are left out. */
export function countiesOf(places: Facets['places'] | undefined): Facets['places'] {
  return (places ?? []).filter(({ value }) => value.length === 6 && !value.endsWith('00'))
}

/** The county of a GB/T 2260 town code (nine digits), or the code itself. */
export function countyOf(originCode: string): string {
  return originCode.slice(0, 6)
}

/** 价格 changes its direction when tapped again. */
export function nextSort(current: ProductSort, tapped: 'RELEVANCE' | 'SALES' | 'PRICE' | 'NEWEST'): ProductSort {
  if (tapped !== 'PRICE') return tapped
  return current === 'PRICE_ASC' ? 'PRICE_DESC' : 'PRICE_ASC'
}

export type Band = Facets['priceBands'][number]

/** A band of prices in whole yuan, as the two fields of the drawer hold it: to is what is still inside. */
export function bandText({ priceFrom, priceTo }: Pick<Band, 'priceFrom' | 'priceTo'>): string {
  if (priceTo === null) return `${shortYuan(priceFrom)} 以上`
  return priceFrom === 0 ? `${shortYuan(priceTo + 1)} 以下` : `${shortYuan(priceFrom)}–${shortYuan(priceTo + 1)}`
}

/** The fields of a choice that stand for a band. */
export function bandChoice({
  priceFrom,
  priceTo,
}: Pick<Band, 'priceFrom' | 'priceTo'>): Pick<Choice, 'priceFrom' | 'priceTo'> {
  return { priceFrom: priceFrom ? yuan(priceFrom) : '', priceTo: priceTo === null ? '' : yuan(priceTo) }
}
