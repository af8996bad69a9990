import type { GroupOffersQuery, PresaleOffersQuery } from '@/gql/graphql'
import { yuan } from './money'
import { depositName } from './presales'
import { shanghaiMinute } from './time'

type GroupOffer = GroupOffersQuery['groupOffers']['items'][number]
type Presale = PresaleOffersQuery['presaleOffers']['items'][number]

/** One row of a list of offers, whatever kind they are of. `alone`: what one piece costs by itself now, in fen, where it is
 * dearer. It is told and not struck through: a price struck through says what was asked for before. */
export interface Deal {
  id: string
  product: GroupOffer['product']
  sku: string
  tag: string
  price: number
  alone?: number
  lines: string[]
  action: string
}

export function groupDeal(offer: GroupOffer): Deal {
  return {
    id: offer.id,
    product: offer.product,
    sku: offer.sku.name,
    tag: `${offer.size}人团`,
    price: offer.price,
    alone: offer.sku.price > offer.price ? offer.sku.price : undefined,
    lines: [`剩 ${offer.left} 件 · ${shanghaiMinute(offer.endsAt)} 截止`],
    action: '去拼团',
  }
}

export function presaleDeal(offer: Presale): Deal {
  const deposit = offer.deposit ? `${depositName(offer.depositKind)} ¥${yuan(offer.deposit)} · ` : '全款预订 · '
  return {
    id: offer.id,
    product: offer.product,
    sku: offer.sku.name,
    tag: '预售',
    price: offer.price,
    lines: [`${deposit}剩 ${offer.left} 件`, offer.schedule],
    action: '去预订',
  }
}
