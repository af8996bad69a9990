/** A month of Zhaotong: its first day, its last day and how many it has. `name`: 2026-11. */
export interface Month {
  name: string
  first: string
  last: string
  days: number
}

/** Columns of a bar in a month, both included, from 1. `before`, `after`: it goes on beyond the month's edge. */
export interface Bar {
  from: number
  to: number
  before: boolean
  after: boolean
}

const DAY = 86_400_000
const EAST = 8 * 3_600_000

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** The month `steps` after that of a moment, in Zhaotong's time. */
export function monthOf(moment: Date, steps = 0): Month {
  const local = new Date(moment.getTime() + EAST)
  const year = local.getUTCFullYear()
  const begin = new Date(Date.UTC(year, local.getUTCMonth() + steps, 1))
  const days = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + 1, 0)).getUTCDate()
  const name = `${begin.getUTCFullYear()}-${two(begin.getUTCMonth() + 1)}`
  return { name, first: `${name}-01`, last: `${name}-${two(days)}`, days }
}

/** Which day of the month a moment falls on; below 1 before it, above `days` after it. */
export function dayIn(month: Month, iso: string): number {
  return Math.floor((Date.parse(iso) - Date.parse(`${month.first}T00:00:00+08:00`)) / DAY) + 1
}

/** The bar of what runs from one moment up to another; it ends on the day before when it ends at midnight. */
export function barOf(month: Month, startsAt: string, endsAt: string): Bar {
  const from = dayIn(month, startsAt)
  const to = dayIn(month, new Date(Date.parse(endsAt) - 1).toISOString())
  return { from: Math.max(from, 1), to: Math.max(Math.min(to, month.days), 1), before: from < 1, after: to > month.days }
}
