import type { CampaignFieldsFragment as Campaign, CampaignInput } from '@/gql/graphql'

export interface Goods {
  id: string
  name: string
}

/** The goods a campaign is for: all, or some that are named. */
export interface Scope {
  by: 'ALL' | 'CATEGORY' | 'PRODUCT'
  goods: Goods[]
}

export function scopeOf(campaign: Pick<Campaign, 'categoryIds' | 'productIds' | 'goods'> | null): Scope {
  if (campaign?.productIds) return { by: 'PRODUCT', goods: [...campaign.goods] }
  if (campaign?.categoryIds) return { by: 'CATEGORY', goods: [...campaign.goods] }
  return { by: 'ALL', goods: [] }
}

export function scopeInput({ by, goods }: Scope): Pick<CampaignInput, 'categoryIds' | 'productIds'> {
  const ids = goods.map(({ id }) => id)
  return { categoryIds: by === 'CATEGORY' ? ids : null, productIds: by === 'PRODUCT' ? ids : null }
}
