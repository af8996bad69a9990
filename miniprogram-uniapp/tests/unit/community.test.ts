import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dropDraft, emptyDraft, keepDraft, keptDraft } from '@/pkg-community/write/draft'
import { changeNote, newest } from '@/text/community'

describe('what stands of a story', () => {
  const version = (state: 'PENDING' | 'PUBLISHED' | 'REJECTED', refusal = '') => ({ state, refusal })

  it('is its newest version', () => {
    expect(newest([])).toBeUndefined()
    expect(newest([version('PUBLISHED'), version('PENDING')])?.state).toBe('PENDING')
  })

  it('tells of a change that waits or was refused, only where others read an older one', () => {
    expect(changeNote('PUBLISHED', [version('PUBLISHED')])).toBe('')
    expect(changeNote('PUBLISHED', [version('PUBLISHED'), version('PENDING')])).toContain('正在审核')
    expect(changeNote('PUBLISHED', [version('PUBLISHED'), version('REJECTED', '疑似广告')])).toContain('疑似广告')
    expect(changeNote('PENDING', [version('PENDING')])).toBe('')
  })
})

describe('a story as far as it is written', () => {
  const store = new Map<string, string>()
  const draft = { ...emptyDraft('key-1'), title: '第一筐', pictures: [{ key: 'k', url: '/posted/k' }] }

  beforeEach(() => {
    store.clear()
    vi.stubGlobal('uni', {
      setStorageSync: (name: string, value: string) => store.set(name, value),
      getStorageSync: (name: string) => store.get(name) ?? '',
      removeStorageSync: (name: string) => store.delete(name),
    })
  })

  it('is kept with its key, by what it is about', () => {
    keepDraft('new', draft, 1000)
    expect(keptDraft('new', 2000)).toMatchObject({ key: 'key-1', title: '第一筐', pictures: [{ key: 'k' }] })
    expect(keptDraft('other', 2000)).toBeNull()
    dropDraft('new')
    expect(keptDraft('new', 2000)).toBeNull()
  })

  it('loses its pictures after an hour and everything after a month', () => {
    keepDraft('new', draft, 0)
    expect(keptDraft('new', 60 * 60 * 1000)?.pictures).toEqual([])
    expect(keptDraft('new', 31 * 24 * 60 * 60 * 1000)).toBeNull()
  })
})
