import type { CartWholeFragment } from '@/gql/graphql'
import { limitText } from '@/text/labels'

export type CartGroup = CartWholeFragment['groups'][number]
export type CartLine = CartGroup['lines'][number]

/** Lines that cannot be bought as they stand. A changed price is only a notice: the new one counts. */
export function isStale(line: CartLine): boolean {
  return line.problem === 'OFF_SALE' || line.problem === 'SOLD_OUT'
}

export function isSelectable(line: CartLine): boolean {
  return !isStale(line)
}

function selectable(groups: CartGroup[]): CartLine[] {
  return groups.flatMap((group) => group.lines.filter(isSelectable))
}

/** True when there is something to select and all of it is selected. */
export function allSelected(groups: CartGroup[]): boolean {
  const lines = selectable(groups)
  return lines.length > 0 && lines.every((line) => line.selected)
}

/** The SKUs a tap on 全选 is about: all when one is missing, else all again to take the marks away. */
export function toSelect(groups: CartGroup[]): { skuIds: string[]; selected: boolean } {
  return { skuIds: selectable(groups).map((line) => line.skuId), selected: !allSelected(groups) }
}

/** The selected lines that can be bought, as the checkout page takes them: "sku:quantity,sku:quantity". */
export function checkoutLines(groups: CartGroup[]): string {
  const held = ['SHORT', 'OVER_LIMIT', 'UNDELIVERABLE']
  const lines = selectable(groups).filter((line) => line.selected && !held.includes(line.problem ?? ''))
  return lines.map((line) => `${line.skuId}:${line.quantity}`).join(',')
}

/** Whether a selected line asks for more than there is or one may buy, which has to be put right before the checkout. */
export function hasShortSelection(groups: CartGroup[]): boolean {
  return groups.some((group) => group.lines.some((line) => line.selected && tooMany(line)))
}

function tooMany(line: CartLine): boolean {
  return line.problem === 'SHORT' || line.problem === 'OVER_LIMIT'
}

/** How many of a line can be asked for. */
export function mostOf(line: CartLine): number {
  return Math.max(1, Math.min(line.sku.available, line.left ?? Infinity))
}

/** What is said to who asks for more than `mostOf`. */
export function overText(line: CartLine): string {
  const limit = limitText(line.sku)
  if (!limit || line.left === null || line.left >= line.sku.available) return `库存仅剩 ${line.sku.available} 件`
  return line.left === line.sku.limitEach ? limit : `${limit}，您还可购买 ${line.left} 件`
}

export function staleLines(groups: CartGroup[]): CartLine[] {
  return groups.flatMap((group) => group.lines.filter(isStale))
}

/** How much is missing to free freight, in fen; undefined where there is none to reach. */
export function missingToFree(group: CartGroup): number | undefined {
  const { freight, freeFreightFrom } = group.merchant
  if (freight === 0 || freeFreightFrom === null || group.goodsTotal === 0) return undefined
  const worth = group.goodsTotal - group.discountTotal
  return worth >= freeFreightFrom ? undefined : freeFreightFrom - worth
}
