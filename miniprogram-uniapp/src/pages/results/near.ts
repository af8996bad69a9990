import type { DistrictsQuery } from '@/gql/graphql'
import type { Coordinates } from '@/platform'

export type District = DistrictsQuery['regions'][number]

export const CITY = '530600'

/** From where distances count. In the memory of one page only. */
export interface Here {
  name: string
  /** Of a district; empty for the phone's own place. */
  code: string
  near: Coordinates
}

/** To about a kilometre: nobody needs to know more, so no more leaves the phone. */
export function rough({ latitude, longitude }: Coordinates): Coordinates {
  return { latitude: Math.round(latitude * 100) / 100, longitude: Math.round(longitude * 100) / 100 }
}

export function hereOf({ code, name, latitude, longitude }: District): Here | undefined {
  if (latitude === null || longitude === null) return undefined
  return { code, name, near: rough({ latitude, longitude }) }
}
