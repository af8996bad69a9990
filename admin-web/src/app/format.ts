const ZONE = 'Asia/Shanghai'

const moment = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** A moment in the time of Zhaotong: 2026-11-22 17:05. */
export function formatMoment(iso: string | null | undefined): string {
  return iso ? moment.format(new Date(iso)).replaceAll('/', '-') : '—'
}

export function formatClock(iso: string): string {
  return clock.format(new Date(iso))
}

/** 2026-11-22 → 11-22, for axes. */
export function shortDay(day: string): string {
  return day.slice(5)
}

/** Integer grams for reading: 500 克, 2.5 千克. */
export function formatGrams(grams: number): string {
  if (grams <= 0) return '不按重量'
  return grams < 1000 ? `${grams} 克` : `${grams / 1000} 千克`
}

export function formatCount(count: number): string {
  return count.toLocaleString('zh-CN')
}

/** Whole days picked in a form to the moments that bound them: the first inclusive, the last day's end exclusive. */
export function daysToMoments(from: string, to: string): { from: string; to: string } {
  const end = new Date(`${to}T00:00:00+08:00`)
  end.setUTCDate(end.getUTCDate() + 1)
  return { from: new Date(`${from}T00:00:00+08:00`).toISOString(), to: end.toISOString() }
}
