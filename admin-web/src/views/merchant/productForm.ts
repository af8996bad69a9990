import { imageKey } from '@/api/upload'
import { MAX_FEN } from '@/app/money'
import type { MarketBasis, ProductFormFieldsFragment, ProductInput, SkuInput } from '@/gql/graphql'

/** A row of the form; a price that is not typed yet is null. */
export type FormSku = Omit<Required<SkuInput>, 'id' | 'price' | 'marketPrice' | 'marketBasis' | 'length' | 'width' | 'height' | 'limitEach' | 'limitDays'> & {
  id: string | null
  price: number | null
  marketPrice: number | null
  marketBasis: MarketBasis | null
  /** Why buyers do not see the price that was saved last. */
  marketHidden: string | null
  /** Millimetres of a parcel with one piece: all three or none. */
  length: number | null
  width: number | null
  height: number | null
  /** Pieces one buyer may have, ever or within so many days. */
  limitEach: number | null
  limitDays: number | null
}

export interface FormImage {
  key: string
  url: string
  alt: string
  /** Where to look, in thousandths from the left and the top. */
  focusX: number
  focusY: number
}

/** A short video and the picture shown before it plays. */
export interface FormClip {
  key: string
  url: string
  posterKey: string
  posterUrl: string
}

export interface ProductForm {
  title: string
  subtitle: string
  description: string
  categoryId: string
  brandId: string
  originCode: string
  storage: ProductInput['storage']
  returnClass: ProductInput['returnClass']
  shelfLifeDays: number | null
  harvestFrom: number | null
  harvestTo: number | null
  harvestFromDay: number | null
  /** YYYY-MM-DD; empty: sent at once. */
  shipsFrom: string
  grade: string
  soldBy: NonNullable<ProductInput['soldBy']>
  tolerancePercent: number | null
  /** What it says, by the id of the attribute; empty: nothing. */
  attributes: Record<string, string>
  /** Empty: the shop's default template. */
  freightTemplateId: string
  images: FormImage[]
  clip: FormClip | null
  skus: FormSku[]
  version: number | null
}

export const LIMITS = { title: 60, subtitle: 80, description: 5000, sku: 40, skus: 20, images: 9, alt: 80, grams: 1_000_000, stock: 9_999_999 }

export function newSku(): FormSku {
  return { id: null, name: '', price: null, marketPrice: null, marketBasis: null, marketSource: '', marketHidden: null, weight: 500, grossWeight: 600, length: null, width: null, height: null, limitEach: null, limitDays: null, active: true, stock: 0 }
}

export function newForm(): ProductForm {
  return {
    title: '',
    subtitle: '',
    description: '',
    categoryId: '',
    brandId: '',
    originCode: '',
    storage: 'AMBIENT',
    returnClass: 'SEVEN_DAYS',
    shelfLifeDays: null,
    harvestFrom: null,
    harvestTo: null,
    harvestFromDay: null,
    shipsFrom: '',
    grade: '',
    soldBy: 'PIECE',
    tolerancePercent: null,
    attributes: {},
    freightTemplateId: '',
    images: [],
    clip: null,
    skus: [newSku()],
    version: null,
  }
}

export function formOf(product: ProductFormFieldsFragment): ProductForm {
  const { title, subtitle, description, categoryId, originCode, storage, returnClass, version, grade, soldBy } = product
  return {
    title,
    subtitle,
    description,
    categoryId,
    originCode,
    storage,
    returnClass,
    version,
    grade,
    soldBy,
    tolerancePercent: product.tolerancePercent ?? null,
    harvestFromDay: product.harvestFromDay ?? null,
    shipsFrom: product.shipsFrom ?? '',
    attributes: Object.fromEntries(product.attributes.map(({ attributeId, value }) => [attributeId, value])),
    brandId: product.brand?.id ?? '',
    shelfLifeDays: product.shelfLifeDays ?? null,
    harvestFrom: product.harvestFrom ?? null,
    harvestTo: product.harvestTo ?? null,
    freightTemplateId: product.freightTemplateId ?? '',
    images: product.images.map(({ url, alt, focusX, focusY }) => ({ key: imageKey(url), url, alt, focusX, focusY })),
    clip: product.clip && product.clipPoster ? { key: imageKey(product.clip.url), url: product.clip.url, posterKey: imageKey(product.clipPoster.url), posterUrl: product.clipPoster.url } : null,
    skus: product.skus.map(({ id, name, price, marketWanted, marketWantedBasis, marketSource, marketHidden, weight, grossWeight, length, width, height, limitEach, limitDays, active }) => ({
      id,
      name,
      price,
      marketPrice: marketWanted ?? null,
      marketBasis: marketWantedBasis ?? null,
      marketSource,
      marketHidden: marketHidden ?? null,
      weight,
      grossWeight,
      length: length ?? null,
      width: width ?? null,
      height: height ?? null,
      limitEach: limitEach ?? null,
      limitDays: limitDays ?? null,
      active,
      stock: 0,
    })),
  }
}

/** What is wrong with the form, by field; empty when it may be sent. A draft may still be without pictures. */
export function faultsOf(form: ProductForm, submitting = false): Record<string, string> {
  const faults: Record<string, string> = {}
  if (form.title.trim().length < 4) faults['title'] = '请填写商品名称（至少四个字）'
  if (!form.categoryId) faults['categoryId'] = '请选择类目'
  if (!form.originCode) faults['originCode'] = '请选择产地'
  if ((form.harvestFrom === null) !== (form.harvestTo === null)) faults['harvest'] = '采收期要同时选开始和结束月份'
  if (submitting && form.images.length === 0) faults['images'] = '提交审核前请至少上传一张图片'
  if (!form.skus.some((sku) => sku.active)) faults['skus'] = '请至少启用一个规格'
  form.skus.forEach((sku, place) => {
    const fault = skuFault(sku, form.skus)
    if (fault) faults[`skus.${place}`] = fault
  })
  return faults
}

function skuFault(sku: FormSku, all: FormSku[]): string | null {
  if (sku.name.trim() === '') return '请填写规格名称'
  if (all.some((other) => other !== sku && other.name.trim() === sku.name.trim())) return '规格名称重复'
  if (sku.price === null) return '价格应为最多两位小数的金额，例如 39.90'
  if (sku.price <= 0 || sku.price > MAX_FEN) return '价格须在 0.01 元到 100 万元之间'
  if (sku.marketPrice !== null && sku.marketPrice <= sku.price) return '划线价须高于售价'
  if (sku.marketPrice !== null && !sku.marketBasis) return '请选择划线价的依据'
  if (sku.marketPrice !== null && sku.marketBasis === 'SUGGESTED' && sku.marketSource.trim().length < 4) return '请写明建议零售价的出处（至少四个字）'
  const sides = [sku.length, sku.width, sku.height].filter((side) => side !== null)
  if (sides.length % 3 !== 0) return '长、宽、高要么都填，要么都不填'
  return sku.grossWeight < Math.max(1, sku.weight) ? '毛重须大于 0，且不小于净重' : null
}

/** What a picture is called where nobody said: read aloud to those who cannot see it, and found by search engines. */
export function suggestedAlt(title: string, place: number): string {
  const name = title.trim() || '商品'
  return place === 0 ? `${name} 封面` : `${name} 图 ${place + 1}`
}

/** The form as the server takes it; called only when `faultsOf` found nothing. */
export function inputOf(form: ProductForm): ProductInput {
  return {
    title: form.title.trim(),
    subtitle: form.subtitle.trim(),
    description: form.description.trim(),
    categoryId: form.categoryId,
    brandId: form.brandId || null,
    originCode: form.originCode,
    storage: form.storage,
    returnClass: form.returnClass,
    shelfLifeDays: form.shelfLifeDays,
    harvestFrom: form.harvestFrom,
    harvestTo: form.harvestTo,
    harvestFromDay: form.harvestFrom === null ? null : form.harvestFromDay,
    shipsFrom: form.shipsFrom || null,
    grade: form.grade.trim(),
    soldBy: form.soldBy,
    tolerancePercent: form.soldBy === 'CATCH_WEIGHT' ? form.tolerancePercent : null,
    attributes: Object.entries(form.attributes).flatMap(([attributeId, value]) => (value.trim() ? [{ attributeId, value: value.trim() }] : [])),
    freightTemplateId: form.freightTemplateId || null,
    version: form.version,
    images: form.images.map(({ key, alt, focusX, focusY }, place) => ({ key, alt: alt.trim() || suggestedAlt(form.title, place), focusX, focusY })),
    clipKey: form.clip?.key ?? null,
    clipPosterKey: form.clip?.posterKey ?? null,
    skus: form.skus.map(({ price, name, marketHidden: _hidden, ...sku }) => ({ ...sku, name: name.trim(), price: price ?? 0, limitDays: sku.limitEach === null ? null : sku.limitDays })),
  }
}
