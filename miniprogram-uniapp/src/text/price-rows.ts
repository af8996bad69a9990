import type { PriceParty, PriceRowFragment } from '@/gql/graphql'
import { yuan } from './money'

export type PriceRow = PriceRowFragment

/** A line of the sheet that explains a price. */
export interface DrawnRow {
  key: number
  look: 'head' | 'main' | 'sub' | 'off' | 'unused' | 'total'
  label: string
  note: string
  /** Who bears a discount, as the buyer reads it. */
  party: string
  amount: string
}

const PARTIES: Record<PriceParty, string> = { PLATFORM: '平台承担', MERCHANT: '商家承担' }
const TOTALS = ['DUE', 'TOTAL']
const DETAILS = ['LINE', 'FREIGHT_STEP']
const PLAIN = ['GOODS', 'FREIGHT', 'MERCHANT', ...DETAILS, ...TOTALS, 'UNUSED']

/** What a buyer wants to read of a price: goods by merchant, what is taken off, freight with its reason, the sum last. */
export function drawn(rows: readonly PriceRow[]): DrawnRow[] {
  const below = parents(rows)
  const shown = rows.map((row, at) => ({ row, at })).filter(({ at }) => !hidden(rows, below, at))
  const sums = shown.filter(({ row }) => isSum(row)).reverse()
  const rest = shown.filter(({ row }) => !isSum(row))
  return [...rest, ...sums].map(({ row, at }) => draw(row, at))
}

/** The whole price, which is that of one merchant where there is only one order. */
function isSum(row: PriceRow): boolean {
  return row.level === 0 || TOTALS.includes(row.kind)
}

/** The place of each row's parent, -1 for the root's. */
function parents(rows: readonly PriceRow[]): number[] {
  const path: number[] = []
  return rows.map((row, at) => {
    path[row.level] = at
    return row.level > 0 ? (path[row.level - 1] ?? -1) : -1
  })
}

/** What each line gets of a discount is for the books. */
function hidden(rows: readonly PriceRow[], below: readonly number[], at: number): boolean {
  const parent = rows[below[at] ?? -1]
  return rows[at]?.kind === 'LINE' && parent !== undefined && parent.kind !== 'GOODS'
}

function draw(row: PriceRow, at: number): DrawnRow {
  return {
    key: at,
    look: lookOf(row),
    label: labelOf(row),
    note: row.note ?? '',
    party: row.party && row.kind !== 'UNUSED' ? PARTIES[row.party] : '',
    amount: amountOf(row),
  }
}

function labelOf(row: PriceRow): string {
  if (row.kind !== 'MERCHANT') return row.label
  return row.level === 0 ? '合计' : (row.merchant?.name ?? row.label)
}

function lookOf(row: PriceRow): DrawnRow['look'] {
  if (isSum(row)) return 'total'
  if (row.kind === 'MERCHANT') return 'head'
  if (row.kind === 'UNUSED') return 'unused'
  if (DETAILS.includes(row.kind)) return 'sub'
  return PLAIN.includes(row.kind) ? 'main' : 'off'
}

function amountOf(row: PriceRow): string {
  if (row.kind === 'UNUSED') return ''
  if (row.kind === 'FREIGHT' && row.amount === 0) return '免运费'
  return row.amount < 0 ? `-¥${yuan(-row.amount)}` : `¥${yuan(row.amount)}`
}
