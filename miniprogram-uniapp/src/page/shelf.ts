import { ref } from 'vue'
import { mall } from '@/api/mall'
import { ShelfGoodsDocument, type ProductFilter, type ProductSort } from '@/gql/graphql'
import { usePaged } from './paged'

/** The goods of a shop, a brand or a place: sorted as the buyer likes, growing as he scrolls. */
export function useShelf(filter: () => ProductFilter) {
  const sort = ref<ProductSort>('SALES')
  const goods = usePaged(async (after) => {
    const variables = { filter: filter(), sort: sort.value, after }
    return (await mall.query(ShelfGoodsDocument, variables)).searchProducts
  })

  function sortBy(wanted: ProductSort): void {
    if (wanted === sort.value) return
    sort.value = wanted
    void goods.restart({ clear: true })
  }

  return { ...goods, sort, sortBy }
}
