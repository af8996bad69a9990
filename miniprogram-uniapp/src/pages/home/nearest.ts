import type { Coordinates } from '@/platform'

interface Placed {
  longitude: number | null
  latitude: number | null
}

/** The region whose seat is nearest; within one prefecture a flat map is exact enough. */
export function nearest<Region extends Placed>(from: Coordinates, regions: Region[]): Region | undefined {
  const shrink = Math.cos((from.latitude * Math.PI) / 180)
  let best: { region: Region; distance: number } | undefined
  for (const region of regions) {
    if (region.longitude === null || region.latitude === null) continue
    const distance = Math.hypot((region.longitude - from.longitude) * shrink, region.latitude - from.latitude)
    if (!best || distance < best.distance) best = { region, distance }
  }
  return best?.region
}
