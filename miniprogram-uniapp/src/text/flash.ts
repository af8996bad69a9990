import { secondsUntil, shanghaiDay, shanghaiMinute, shanghaiMonthDay } from './time'

export type Phase = 'coming' | 'running' | 'over'

interface Slot {
  startsAt: string
  endsAt: string
  serverTime: string
}

/** Now by the server's clock, which said `serverTime` when the phone's said `readAt`. */
export function serverNow(slot: Slot, readAt: number, now: number): number {
  return Date.parse(slot.serverTime) + (now - readAt)
}

export function phaseOf(slot: Slot, at: number): Phase {
  if (at < Date.parse(slot.startsAt)) return 'coming'
  return at < Date.parse(slot.endsAt) ? 'running' : 'over'
}

/** Whole seconds until the session begins or, once it runs, ends; 0 when it is over. */
export function secondsLeft(slot: Slot, at: number): number {
  return secondsUntil(phaseOf(slot, at) === 'coming' ? slot.startsAt : slot.endsAt, at)
}

export const PHASES: Record<Phase, string> = { coming: '即将开始', running: '抢购中', over: '已结束' }

/** What stands on the button of an offer. */
export function offerWord(phase: Phase, offer: { state: string; left: number }): string {
  if (phase === 'over' || offer.state === 'ENDED') return '已结束'
  if (phase === 'coming') return '未开始'
  return offer.left > 0 ? '马上抢' : '已抢光'
}

/** When a session begins, as its tab says it: "20:00" today, "明天 20:00", "12月3日 20:00" on other days. */
export function tabOf(slot: Slot, at: number): string {
  const time = shanghaiMinute(slot.startsAt).slice(11)
  const day = shanghaiDay(slot.startsAt)
  if (day === shanghaiDay(new Date(at).toISOString())) return time
  const tomorrow = shanghaiDay(new Date(at + 24 * 60 * 60 * 1000).toISOString())
  return `${day === tomorrow ? '明天' : shanghaiMonthDay(slot.startsAt)} ${time}`
}
