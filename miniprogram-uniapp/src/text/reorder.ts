import type { ShortReason } from '@/gql/graphql'

interface Gap {
  title: string
  skuName: string
  wanted: number
  added: number
  reason: ShortReason
}

const REASONS: Record<ShortReason, string> = {
  OFF_SALE: '已下架',
  SOLD_OUT: '已售罄',
  LESS_LEFT: '库存不足',
  CART_FULL: '购物车已满',
}
// A dialog of WeChat's shows about this much.
const MOST = 3

/** What could not be put into the cart again, a line for each. */
export function gapsText(gaps: readonly Gap[]): string {
  const lines = gaps.slice(0, MOST).map(({ title, skuName, wanted, added, reason }) => {
    const name = title.length > 12 ? `${title.slice(0, 12)}…` : title
    return added
      ? `${name} ${skuName}：${REASONS[reason]}，${wanted} 件中加入了 ${added} 件`
      : `${name} ${skuName}：${REASONS[reason]}`
  })
  return gaps.length > MOST ? [...lines, `等 ${gaps.length} 种`].join('\n') : lines.join('\n')
}
