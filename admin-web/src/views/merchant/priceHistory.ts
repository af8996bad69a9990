const WEEK = 7 * 24 * 3600 * 1000

export interface PriceChange {
  since: string
  price?: number | null
}

/** The lowest price that was asked in the seven days before `now`; null when nothing was. `changes`: newest first. */
export function lowestOfWeek(changes: PriceChange[], now: Date): number | null {
  const begins = now.getTime() - WEEK
  const inForce = changes.findIndex((change) => Date.parse(change.since) <= begins)
  const within = inForce < 0 ? changes : changes.slice(0, inForce + 1)
  const asked = within.flatMap((change) => (change.price == null ? [] : [change.price]))
  return asked.length > 0 ? Math.min(...asked) : null
}
