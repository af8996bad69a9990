import type { Aspect } from '@/text/reviews'
import type { Uploaded } from '@/page/upload'

/** A review as far as it is written; kept on this phone until it is sent. */
export interface Draft {
  score: number
  aspects: Partial<Record<Aspect, number>>
  text: string
  pictures: Uploaded[]
  anonymous: boolean
  at: number
}

// The addresses of its pictures are good for an hour, the pictures themselves for longer: an older draft loses them.
const PICTURES_LAST = 50 * 60 * 1000
const LASTS = 30 * 24 * 60 * 60 * 1000

export function emptyDraft(): Draft {
  return { score: 0, aspects: {}, text: '', pictures: [], anonymous: false, at: 0 }
}

const place = (about: string) => `review-draft:${about}`

export function keepDraft(about: string, draft: Draft, now = Date.now()): void {
  uni.setStorageSync(place(about), JSON.stringify({ ...draft, at: now }))
}

export function keptDraft(about: string, now = Date.now()): Draft {
  try {
    const kept = { ...emptyDraft(), ...(JSON.parse(String(uni.getStorageSync(place(about)))) as Partial<Draft>) }
    if (now - kept.at > LASTS) return emptyDraft()
    return now - kept.at > PICTURES_LAST ? { ...kept, pictures: [] } : kept
  } catch {
    return emptyDraft()
  }
}

export function dropDraft(about: string): void {
  uni.removeStorageSync(place(about))
}
