import { describe, expect, it } from 'vitest'
import { changes, lines, percent, verdictOf } from '@/views/platform/rankings'

const PLAIN = { text: 1, characters: 0.9, pinyin: 0.6, letters: 0.6, initials: 0.5, category: 1.15 }

describe('two rankings compared', () => {
  it('say plainly when they cannot be told apart', () => {
    expect(verdictOf(null, '点开率', false)).toContain('尚不能分辨')
    const unclear = { low: -0.012, high: 0.034, verdict: 'UNCLEAR' as const }
    expect(verdictOf(unclear, '点开率', false)).toBe('点开率：尚不能分辨。挑战者与现行相差 −1.2 到 +3.4 个百分点（99% 置信区间）')
    expect(verdictOf({ low: 0.006, high: 0.066, verdict: 'BETTER' }, '点开率', true)).toContain('挑战者更好')
    expect(verdictOf({ low: -0.066, high: -0.006, verdict: 'WORSE' }, '无结果', true)).toContain('95% 置信区间')
  })

  it('tell shares, and a dash where nobody searched', () => {
    expect([percent(null), percent(0.1234), percent(1)]).toEqual(['—', '12.3%', '100.0%'])
  })

  it('have a line each, with gaps on days without a search', () => {
    const days = [
      { day: '2026-11-29', arm: 'A' as const, searches: 200, followed: 25 },
      { day: '2026-11-28', arm: 'B' as const, searches: 0, followed: 0 },
      { day: '2026-11-28', arm: 'A' as const, searches: 100, followed: 10 },
    ]
    expect(lines({ days })).toEqual({ days: ['2026-11-28', '2026-11-29'], A: [10, 12.5], B: [null, null] })
  })

  it('differ in what they weigh', () => {
    expect(changes(PLAIN, { ...PLAIN, pinyin: 0.8, category: 1.3 })).toBe('拼音 0.6 → 0.8，同类目 1.15 → 1.3')
    expect(changes(PLAIN, { ...PLAIN })).toBe('与现行排序相同')
  })
})
