/** Digits of an amount of fen: 3990 → whole "39", cents "90". Money stays integer; nothing is divided as a float. */
export function splitFen(fen: number): { sign: string; whole: string; cents: string } {
  const absolute = Math.abs(Math.trunc(fen))
  const cents = absolute % 100
  const whole = (absolute - cents) / 100
  return { sign: fen < 0 ? '-' : '', whole: String(whole), cents: String(cents).padStart(2, '0') }
}

/** 3990 → "39.90" */
export function yuan(fen: number): string {
  const { sign, whole, cents } = splitFen(fen)
  return `${sign}${whole}.${cents}`
}

/** 3990 → "39.9", 4000 → "40": for prose such as 满40元包邮. */
export function shortYuan(fen: number): string {
  return yuan(fen).replace(/\.00$|(\.\d)0$/, '$1')
}

/** What a buyer typed ("39.9") in fen, or undefined when it is not an amount. */
export function fenOf(typed: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.trim())
  if (!match) return undefined
  const [, whole, cents = ''] = match
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'))
}
