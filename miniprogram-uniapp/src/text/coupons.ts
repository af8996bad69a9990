import { shortYuan } from './money'

/** What a coupon is worth: `off` fen, or a percentage and at most `most`, from `threshold` on. */
export interface CouponWorth {
  threshold: number
  off: number
  percentOff: number
  most: number | null
}

/** 500 off → "5", "元"; 15 percent off → "8.5", "折". */
export function worthOf({ off, percentOff }: CouponWorth): { number: string; unit: string } {
  if (!percentOff) return { number: shortYuan(off), unit: '元' }
  const tenths = 100 - percentOff
  return { number: tenths % 10 ? (tenths / 10).toFixed(1) : String(tenths / 10), unit: '折' }
}

/** "满 30 元可用" and what a percentage takes off at most. */
export function conditionOf({ threshold, most }: CouponWorth): string {
  const from = `满 ${shortYuan(threshold)} 元可用`
  return most === null ? from : `${from}，最多减 ${shortYuan(most)} 元`
}

/** What goes behind its owner: which goods it is for, and whether another coupon may go with it. */
export function scopeOf(coupon: { allGoods: boolean; exclusive: boolean }): string {
  return `${coupon.allGoods ? '' : ' · 指定商品'}${coupon.exclusive ? ' · 不与其他券同享' : ''}`
}

interface Choice {
  id: string
  saved: number
  merchantId: string | null
  exclusive: boolean
}

/** Whether one has to go where the other is picked: two of one giver's, or a shop's and the platform's, one exclusive. */
function gives(way: Choice, to: Choice): boolean {
  if (way.merchantId === to.merchantId) return true
  return (way.exclusive || to.exclusive) && (way.merchantId === null || to.merchantId === null)
}

/** What is picked after a tap on `tapped`: of each shop, and of the platform, one coupon at most that go together. */
export function pickedAfter(tapped: Choice, choices: readonly Choice[]): string[] {
  const used = choices.filter((each) => each.saved > 0 && each.id !== tapped.id)
  if (tapped.saved > 0) return used.map((each) => each.id)
  const others = used.filter((each) => !gives(each, tapped))
  return [...others.map((each) => each.id), tapped.id]
}

/** "已减 8 元 · 2 张", or how many there are to use. */
export function choiceNote(choices: readonly Choice[]): string {
  const used = choices.filter((each) => each.saved > 0)
  const saved = used.reduce((sum, each) => sum + each.saved, 0)
  if (used.length) return `已用 ${used.length} 张，减 ${shortYuan(saved)} 元`
  return choices.length ? `${choices.length} 张，未使用` : '暂无可用'
}

/** 满50减5, 满60打9折: as a tag. */
export function shortOf(coupon: CouponWorth): string {
  const { number, unit } = worthOf(coupon)
  return coupon.percentOff
    ? `满${shortYuan(coupon.threshold)}打${number}${unit}`
    : `满${shortYuan(coupon.threshold)}减${number}`
}

/** 满100减10: one step of a reduction. */
export function shortStep({ threshold, off }: { threshold: number; off: number }): string {
  return `满${shortYuan(threshold)}减${shortYuan(off)}`
}

interface Reached {
  off: number
  note: string | null
  missing: number | null
  nextOff: number | null
}

/** How far the chosen goods are from a 满减: "已减 5 元，再买 40 元减 12 元"; of nothing chosen, its first step. */
export function reachText(reached: Reached | undefined, steps: readonly { threshold: number; off: number }[]): string {
  const first = steps[0]
  if (!reached) return first ? moreText(first.threshold, first.off) : ''
  const done = reached.off ? `已减 ${shortYuan(reached.off)} 元` : ''
  if (reached.missing !== null && reached.nextOff !== null)
    return [done, moreText(reached.missing, reached.nextOff)].filter(Boolean).join('，')
  return done ? `${done}，已是最高一档` : (reached.note ?? '')
}

function moreText(missing: number, off: number): string {
  return `再买 ${shortYuan(missing)} 元减 ${shortYuan(off)} 元`
}
