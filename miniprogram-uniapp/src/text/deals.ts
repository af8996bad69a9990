import type { GroupOffersQuery, PresaleOffersQuery } from '@/gql/graphql'
import { yuan } from './money'
import { depositName } from './presales'
import { shanghaiMinute } from './time'

type GroupOffer = GroupOffersQuery['groupOffers']['items'][number]
type Presale = PresaleOffersQuery['presaleOffers']['items'][number]

/** One row of a list of offers, whatever kind they are of. `listed`: of one piece by itself, in fen, where it is dearer. */
export interface Deal {
  id: string
  product: GroupOffer['product']
  sku: string
  tag: string
  price: number
  listed?: number
  lines: string[]
  action: string
}

function dearer(listed: number, price: number): number | undefined {
  return listed > price ? listed : undefined
}

export function groupDeal(offer: GroupOffer): Deal {
  return {
    id: offer.id,
    product: offer.product,
    sku: offer.sku.name,
    tag: `${offer.size}人团`,
    price: offer.price,
    listed: dearer(offer.sku.price, offer.price),
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
    listed: dearer(offer.listPrice, offer.price),
    lines: [`${deposit}剩 ${offer.left} 件`, offer.schedule],
    action: '去预订',
  }
}
