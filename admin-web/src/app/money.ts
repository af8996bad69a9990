/** The largest price a product may have: one million yuan. */
export const MAX_FEN = 100_000_000

/**
 * Yuan as typed to integer fen, by digits and never through a fraction; null when the text is no amount
 * of at most two decimals.
 */
export function fenFromYuan(text: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{0,2}))?$/.exec(text.trim())
  if (!match) return null
  const [, yuan = '0', cents = ''] = match
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

/** Integer fen to yuan for an input: 1290 → 12.90. */
export function yuanFromFen(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Integer fen for reading: 123450 → ¥1,234.50. */
export function formatFen(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return '—'
  const [yuan = '0', cents = '00'] = yuanFromFen(Math.abs(fen)).split('.')
  return `${fen < 0 ? '-' : ''}¥${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** As formatFen, but from 100,000 yuan in 万, for figures that are read at a glance. */
export function formatFenBrief(fen: number): string {
  return fen >= 10_000_000 ? `¥${(fen / 1_000_000).toFixed(2)}万` : formatFen(fen)
}

/** The price of 500 g in fen, rounded half up; null where nothing is weighed. */
export function fenPer500g(fen: number, grams: number): number | null {
  return grams > 0 ? Math.floor((fen * 1000 + grams) / (2 * grams)) : null
}
