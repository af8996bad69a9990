import type { SearchArm } from '@/gql/graphql'

const BUCKETS = 10_000
const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** FNV-1a of 32 bits, over the low bytes of ASCII text. */
export function fnv1a(text: string): number {
  let hash = OFFSET
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), PRIME)
  return hash >>> 0
}

/** The same arm for a device as long as an experiment runs; another experiment mixes the devices anew. */
export function armOf({ id, share }: { id: string; share: number }, device: string): SearchArm {
  return fnv1a(`${id}:${device}`) % BUCKETS < share * (BUCKETS / 100) ? 'B' : 'A'
}
