import { mall } from '@/api/mall'
import { SearchExperimentDocument, type SearchArm } from '@/gql/graphql'
import { armOf } from './bucket'

/** A random number for this alone: it is never sent, and has nothing to do with any other name of the device. */
const NUMBER = 'mall.search.number'
/** Milliseconds after which it is asked anew whether two rankings are compared. */
const FRESH = 300_000

export interface Part {
  experiment: string
  ranking: SearchArm
}

let known: Part | null = null
let askedAt = -FRESH

function number(): string {
  const kept = String(uni.getStorageSync(NUMBER) || '')
  if (kept) return kept
  const made = Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2)
  uni.setStorageSync(NUMBER, made)
  return made
}

/** Learns whether two rankings are compared, ahead of a search. Nothing waits for it, and nothing depends on it. */
export async function learnPart(now = Date.now()): Promise<void> {
  if (now - askedAt < FRESH) return
  askedAt = now
  const answer = await mall.query(SearchExperimentDocument, {}).catch(() => undefined)
  const running = answer?.searchExperiment
  known = running ? { experiment: running.id, ranking: armOf(running, number()) } : null
}

/** What this device takes part in, as far as is known yet. A search that comes before takes no part. */
export function ownPart(): Part | null {
  return known
}
