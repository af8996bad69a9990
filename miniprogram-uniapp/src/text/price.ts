import type { CampaignMark, CardPriceFragment } from '@/gql/graphql'
import { yuan } from './money'

export const MARKS: Record<CampaignMark, string> = { FLASH: '秒杀', PRESALE: '预售', GROUP: '拼团' }

/** What goods cost whoever buys one piece now, in fen. `from`: other sizes cost more. */
export interface PriceNow {
  fen: number
  from: boolean
  /** What that piece costs without the campaign, where it may be struck through; else empty. */
  struck: string
  /** 「约 ¥8.00/500g」, or empty where goods are not sold by weight. */
  per: string
}

export function priceNow(product: CardPriceFragment): PriceNow {
  const { campaign, minPrice, maxPrice, pricePer500g } = product
  if (campaign?.price == null)
    return { fen: minPrice, from: maxPrice > minPrice, struck: '', per: perText(pricePer500g) }
  return {
    fen: campaign.price,
    from: campaign.varies,
    struck: campaign.struckPrice === null ? '' : yuan(campaign.struckPrice),
    per: perText(campaign.pricePer500g),
  }
}

/** What runs, the one whose price is shown first. */
export function marksOf({ campaign }: Pick<CardPriceFragment, 'campaign'>): string[] {
  const kinds = campaign?.kinds ?? []
  return [...kinds]
    .sort((a, b) => Number(b === campaign?.kind) - Number(a === campaign?.kind))
    .map((kind) => MARKS[kind])
}

/** Pieces of a flash sale or of a presale are not on the shelf, and there as long as it runs. */
export function isGone(product: Pick<CardPriceFragment, 'campaign'> & { inStock: boolean }): boolean {
  return !product.inStock && !product.campaign?.kinds.some((kind) => kind !== 'GROUP')
}

function perText(fen: number | null): string {
  return fen === null ? '' : `约 ¥${yuan(fen)}/500g`
}
