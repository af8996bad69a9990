import { describe, expect, it } from 'vitest'
import { tabOf } from '@/text/flash'

const slot = (startsAt: string) => ({ startsAt, endsAt: startsAt, serverTime: startsAt })

describe('the tab of a session', () => {
  const evening = Date.parse('2026-11-30T14:00:00Z') // 22:00 in Shanghai

  it('says the hour today, and the day of every other one', () => {
    expect(tabOf(slot('2026-11-30T12:00:00Z'), evening)).toBe('20:00')
    expect(tabOf(slot('2026-11-30T16:30:00Z'), evening)).toBe('明天 00:30')
    expect(tabOf(slot('2026-12-03T12:00:00Z'), evening)).toBe('12月3日 20:00')
    expect(tabOf(slot('2026-11-29T15:00:00Z'), evening)).toBe('11月29日 23:00')
  })
})
