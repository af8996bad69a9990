// The mall's day is Asia/Shanghai wherever the phone is; it has been UTC+8 without summer time since 1992.
const SHANGHAI_OFFSET = 8 * 60 * 60 * 1000

const two = (value: number) => String(value).padStart(2, '0')

/** "2026-11-22 09:15" in Shanghai for an ISO moment. */
export function shanghaiMinute(iso: string): string {
  const local = new Date(Date.parse(iso) + SHANGHAI_OFFSET)
  const day = `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`
  return `${day} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}

/** "2026-11-22" in Shanghai. */
export function shanghaiDay(iso: string): string {
  return shanghaiMinute(iso).slice(0, 10)
}

/** "11月22日" in Shanghai. */
export function shanghaiMonthDay(iso: string): string {
  const [, month, day] = shanghaiDay(iso).split('-')
  return `${Number(month)}月${Number(day)}日`
}

/** Whole seconds until an ISO moment, 0 when it has passed. */
export function secondsUntil(iso: string, now: number = Date.now()): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000))
}

/** 65 → "01:05", 3665 → "1:01:05". */
export function clockText(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = two(Math.floor((seconds % 3600) / 60))
  const rest = two(seconds % 60)
  return hours > 0 ? `${hours}:${minutes}:${rest}` : `${minutes}:${rest}`
}

/** Whole seconds until `expiresAt` by the server's clock, which said `serverTime` when the phone's said `readAt`. */
export function remaining(
  { expiresAt, serverTime }: { expiresAt: string; serverTime: string },
  readAt: number,
  now: number,
): number {
  return secondsUntil(expiresAt, Date.parse(serverTime) + (now - readAt))
}
