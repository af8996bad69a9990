import { secondsUntil } from './time'

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
