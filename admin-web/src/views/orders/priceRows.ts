import type { PriceParty, PriceTreeRowFragment } from '@/gql/graphql'

export type PriceRow = PriceTreeRowFragment

export const PARTIES: Record<PriceParty, string> = { PLATFORM: '平台承担', MERCHANT: '商家承担' }

/** A row of the tree; `deep` ones are shown when the tree is unfolded. */
export interface TreeRow {
  key: number
  row: PriceRow
  deep: boolean
}

/** An order's price without its lines at list price, which stand in the table above, and with the sum at the end. */
export function treeRows(rows: readonly PriceRow[]): TreeRow[] {
  let parent: PriceRow['kind'] | undefined
  const shown: TreeRow[] = []
  rows.forEach((row, key) => {
    if (row.level === 1) parent = row.kind
    if (row.level === 0 || (row.kind === 'LINE' && parent === 'GOODS')) return
    shown.push({ key, row, deep: row.level > 1 })
  })
  const [root] = rows
  return root ? [...shown, { key: 0, row: { ...root, label: '订单金额' }, deep: false }] : shown
}
