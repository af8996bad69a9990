import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dropDraft, emptyDraft, keepDraft, keptDraft } from '@/pkg-review/write/draft'
import { daysLater, shares } from '@/text/reviews'

const DAY = 24 * 60 * 60 * 1000
const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('uni', {
    setStorageSync: (key: string, value: string) => stored.set(key, value),
    getStorageSync: (key: string) => stored.get(key) ?? '',
    removeStorageSync: (key: string) => stored.delete(key),
  })
})

describe('a draft', () => {
  const written = { ...emptyDraft(), score: 4, text: '果子很甜', pictures: [{ key: 'k', url: '/posted/k' }] }

  it('is there again, each line its own', () => {
    keepDraft('line-1', written, 1000)
    expect(keptDraft('line-1', 2000)).toMatchObject({ score: 4, text: '果子很甜', pictures: [{ key: 'k' }] })
    expect(keptDraft('line-2', 2000)).toEqual(emptyDraft())
  })

  it('loses its pictures when their addresses end, and itself after a month', () => {
    keepDraft('line-1', written, 0)
    expect(keptDraft('line-1', 55 * 60 * 1000)).toMatchObject({ text: '果子很甜', pictures: [] })
    expect(keptDraft('line-1', 31 * DAY)).toEqual(emptyDraft())
  })

  it('that cannot be read is an empty one, and a sent one is gone', () => {
    stored.set('review-draft:line-1', '{broken')
    expect(keptDraft('line-1')).toEqual(emptyDraft())
    keepDraft('line-1', written)
    dropDraft('line-1')
    expect(keptDraft('line-1')).toEqual(emptyDraft())
  })

  it('begins with no star given', () => {
    expect(emptyDraft()).toMatchObject({ score: 0, aspects: {}, anonymous: false })
  })
})

describe('the numbers of a product', () => {
  const none = { freshness: null, accuracy: null, logistics: null, service: null }
  const rest = { withPictures: 0, withFollowUp: 0, shown: 0, hidden: 0, withdrawn: 0, score: null, goodRate: null }

  it('are shares of all scores, five stars first', () => {
    const sums = { count: 4, ones: 1, twos: 0, threes: 0, fours: 1, fives: 2, ...none, ...rest }
    expect(shares(sums).map((entry) => entry.percent)).toEqual([50, 25, 0, 0, 25])
    const empty = { count: 0, ones: 0, twos: 0, threes: 0, fours: 0, fives: 0, ...none, ...rest }
    expect(shares(empty).every((entry) => entry.percent === 0)).toBe(true)
  })

  it('say how many days later something was added', () => {
    expect(daysLater('2026-11-01T00:00:00Z', '2026-11-01T20:00:00Z')).toBe('当天追评')
    expect(daysLater('2026-11-01T00:00:00Z', '2026-11-08T01:00:00Z')).toBe('7 天后追评')
  })
})
