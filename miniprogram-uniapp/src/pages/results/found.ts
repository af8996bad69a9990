import type { FoundPageFragment, SearchHelpQuery, SearchKind, SuggestionKind } from '@/gql/graphql'
import { countText } from '@/text/labels'
import { NOTHING_CHOSEN, type Choice } from './filter'

type Relaxed = SearchHelpQuery['searchHelp']['relaxed'][number]
type PageKind = Exclude<SearchKind, 'PRODUCT'>

export const KIND_NAMES: Record<SuggestionKind | 'POST', string> = {
  PRODUCT: '商品',
  CATEGORY: '分类',
  ORIGIN: '产地',
  BRAND: '品牌',
  MERCHANT: '店铺',
  POST: '故事',
}

export const KIND_ICONS: Record<SuggestionKind | 'POST', string> = {
  PRODUCT: 'i-tdesign-shop',
  CATEGORY: 'i-tdesign-app',
  ORIGIN: 'i-tdesign-location',
  BRAND: 'i-tdesign-verified',
  MERCHANT: 'i-tdesign-store',
  POST: 'i-tdesign-chat-bubble',
}

/** What the tabs of the results show; 全部 shows the best pages above the goods. */
export type Tab = 'ALL' | SearchKind

export const TABS: { key: Tab; name: string }[] = [
  { key: 'ALL', name: '全部' },
  { key: 'PRODUCT', name: '商品' },
  { key: 'MERCHANT', name: '店铺' },
  { key: 'ORIGIN', name: '产地' },
  { key: 'BRAND', name: '品牌' },
  { key: 'POST', name: '故事' },
]

/** A shop, a place, a brand or a story as a row of the results. */
export interface PageRow {
  id: string
  kind: PageKind
  target: string
  name: string
  note: string
  logo: string
}

function onSale(count: number): string {
  return `在售 ${count} 件`
}

/** The row of a hit; nothing for goods, which have cards. */
export function rowOf(hit: FoundPageFragment): PageRow | undefined {
  switch (hit.__typename) {
    case 'Merchant': {
      const note = `${hit.region.fullName} · ${onSale(hit.productCount)} · 已售 ${countText(hit.soldCount)}`
      return { id: hit.id, kind: 'MERCHANT', target: hit.id, name: hit.name, note, logo: hit.logo?.url ?? '' }
    }
    case 'Region':
      return { id: hit.code, kind: 'ORIGIN', target: hit.code, name: hit.name, note: `${hit.fullName}的好物`, logo: '' }
    case 'Brand': {
      const note = onSale(hit.productCount)
      return { id: hit.id, kind: 'BRAND', target: hit.id, name: hit.name, note, logo: hit.logo?.url ?? '' }
    }
    case 'Post': {
      if (!hit.words) return undefined
      const { title, author, place, pictures } = hit.words
      const note = place ? `${author} · ${place.name}` : author
      return { id: hit.id, kind: 'POST', target: hit.id, name: title, note, logo: pictures[0]?.url ?? '' }
    }
    default:
      return undefined
  }
}

export function rowsOf(hits: FoundPageFragment[]): PageRow[] {
  return hits.map(rowOf).filter((row): row is PageRow => row !== undefined)
}

const FILTERS: Record<string, { name: string; cleared: Partial<Choice> }> = {
  categoryId: { name: '分类', cleared: { categoryId: '' } },
  originCode: { name: '产地', cleared: { originCode: '' } },
  brandId: { name: '品牌', cleared: { brandId: '' } },
  merchantId: { name: '店铺', cleared: { merchantId: '' } },
  shopIn: { name: '同城', cleared: { shopIn: '' } },
  priceFrom: { name: '价格', cleared: { priceFrom: '', priceTo: '' } },
  campaign: { name: '活动', cleared: { campaign: '' } },
  storage: { name: '储运', cleared: { storage: '' } },
  inStock: { name: '仅看有货', cleared: { inStock: false } },
  inSeason: { name: '当季', cleared: { inSeason: false } },
  attributes: { name: '属性', cleared: { attributes: {} } },
}

/** What giving up a filter is called. */
export function relaxedName({ filter, total }: Relaxed): string {
  return `去掉“${FILTERS[filter]?.name ?? '筛选'}”，有 ${total} 件`
}

/** The choice without one filter, by the name the server calls it; without any for a name we do not know. */
export function without(choice: Choice, filter: string): Choice {
  const known = FILTERS[filter]
  return known ? { ...choice, ...known.cleared } : { ...NOTHING_CHOSEN }
}
