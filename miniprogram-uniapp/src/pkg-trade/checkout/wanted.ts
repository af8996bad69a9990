import type { WantedSku } from '@/gql/graphql'

/** Reads "sku:2,sku:1" of the page's address; what does not fit is left out. */
export function parseLines(text: string): WantedSku[] {
  return text
    .split(',')
    .map((pair) => pair.split(':'))
    .map(([skuId = '', quantity = '']) => ({ skuId, quantity: Number(quantity) }))
    .filter(({ skuId, quantity }) => skuId !== '' && Number.isInteger(quantity) && quantity > 0)
}
