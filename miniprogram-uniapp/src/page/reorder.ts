import { mall } from '@/api/mall'
import { ReorderDocument, type ReorderMutation } from '@/gql/graphql'
import { useCartBadge } from '@/stores/cart-badge'
import { gapsText } from '@/text/reorder'
import { go } from './go'
import { tell } from './tell'

export type ReorderGaps = Extract<ReorderMutation['reorder'], { __typename: 'Reordered' }>['missing']

/** Puts what can still be had of an order into the cart and goes there; what cannot is told first. */
export async function reorder(orderId: string): Promise<void> {
  const { reorder: answer } = await mall.mutate(ReorderDocument, { orderId })
  if (answer.__typename === 'Refused') return tell(answer.message)
  useCartBadge().show(answer.cart.lineCount)
  if (answer.missing.length) await told(answer.missing)
  go.cart()
}

function told(missing: ReorderGaps): Promise<void> {
  return new Promise((resolve) => {
    uni.showModal({
      title: '有商品没有全部加入',
      content: gapsText(missing),
      showCancel: false,
      confirmText: '去购物车',
      confirmColor: '#D8352A',
      complete: () => resolve(),
    })
  })
}
