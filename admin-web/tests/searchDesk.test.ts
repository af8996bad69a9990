import { describe, expect, it } from 'vitest'
import { clickShare, moved, wordsOf } from '@/views/platform/searchDesk'

describe('the search desk', () => {
  it('reads words however they are separated, each once', () => {
    expect(wordsOf(' 洋芋、土豆，马铃薯 = 土豆 ')).toEqual(['洋芋', '土豆', '马铃薯'])
    expect(wordsOf('  ')).toEqual([])
  })

  it('tells the share that was opened, never more than all', () => {
    expect(clickShare({ shown: 0, clicked: 0 })).toBe('—')
    expect(clickShare({ shown: 3, clicked: 1 })).toBe('33.3%')
    expect(clickShare({ shown: 1, clicked: 4 })).toBe('100.0%')
  })

  it('says where a product went', () => {
    const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect([a, b, c].map(({ id }) => moved(id, [a, b], [b, a, c]))).toEqual(['↓1', '↑1', '新'])
  })
})
