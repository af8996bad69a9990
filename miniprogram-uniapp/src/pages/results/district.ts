import { mall, tokenStore } from '@/api/mall'
import { MyDistrictDocument } from '@/gql/graphql'
import { CITY } from './near'

/** Where the home page keeps the district its reader chose. */
const CHOSEN = 'mall.county'
const COUNTY_DIGITS = 6

function countyIn(code: string): string {
  return code.startsWith(CITY.slice(0, 4)) ? code.slice(0, COUNTY_DIGITS) : ''
}

/** The buyer's district: as chosen before, or of the default address; empty when neither is known or it is elsewhere. */
export async function ownDistrict(): Promise<string> {
  const chosen = countyIn(String(uni.getStorageSync(CHOSEN) || ''))
  if (chosen || tokenStore.access() === null) return chosen
  const answer = await mall.query(MyDistrictDocument, {}).catch(() => undefined)
  const addresses = answer?.myAddresses ?? []
  return countyIn((addresses.find(({ isDefault }) => isDefault) ?? addresses[0])?.regionCode ?? '')
}

export function keepDistrict(code: string): void {
  uni.setStorageSync(CHOSEN, code)
}
