import { defineStore } from 'pinia'
import { ref } from 'vue'
import { mall, tokenStore } from '@/api/mall'
import { CartCountDocument } from '@/gql/graphql'

const CART_TAB = 2

function paint(count: number): void {
  // Both calls fail on pages without a tab bar; the next tab page paints again.
  const done = { index: CART_TAB, fail: () => undefined }
  if (count > 0) uni.setTabBarBadge({ ...done, text: count > 99 ? '99+' : String(count) })
  else uni.removeTabBarBadge(done)
}

/** The number of lines in the cart, as shown on the tab bar. */
export const useCartBadge = defineStore('cart-badge', () => {
  const count = ref(0)

  function show(lines: number): void {
    count.value = lines
    paint(lines)
  }

  async function refresh(): Promise<void> {
    if (tokenStore.access() === null) return show(0)
    const answer = await mall.query(CartCountDocument, {}).catch(() => undefined)
    if (answer) show(answer.cart.lineCount)
  }

  return { count, show, refresh, repaint: () => paint(count.value) }
})
