import type { Uploaded } from '@/page/upload'

export interface Linked {
  id: string
  title: string
}

/** A story as far as it is written; kept on this phone until it is handed in or saved at the mall. */
export interface Draft {
  key: string
  title: string
  text: string
  pictures: Uploaded[]
  place: { code: string; name: string } | null
  goods: Linked[]
  at: number
}

// The addresses of its pictures are good for an hour, the pictures themselves for longer: an older draft loses them.
const PICTURES_LAST = 50 * 60 * 1000
const LASTS = 30 * 24 * 60 * 60 * 1000

export function emptyDraft(key = ''): Draft {
  return { key, title: '', text: '', pictures: [], place: null, goods: [], at: 0 }
}

const place = (about: string) => `post-draft:${about}`

export function keepDraft(about: string, draft: Draft, now = Date.now()): void {
  uni.setStorageSync(place(about), JSON.stringify({ ...draft, at: now }))
}

/** What was kept, or nothing. The key stays with it: what was sent without an answer is sent again as the same. */
export function keptDraft(about: string, now = Date.now()): Draft | null {
  try {
    const kept = JSON.parse(String(uni.getStorageSync(place(about)))) as Draft
    if (typeof kept.text !== 'string' || now - kept.at > LASTS) return null
    return now - kept.at > PICTURES_LAST ? { ...kept, pictures: [] } : kept
  } catch {
    return null
  }
}

export function dropDraft(about: string): void {
  uni.removeStorageSync(place(about))
}
