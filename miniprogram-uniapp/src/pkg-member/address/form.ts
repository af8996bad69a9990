import type { AddressInput } from '@/gql/graphql'
import { isMobile } from '@/text/phone'

export type AddressProblems = Partial<Record<'name' | 'phone' | 'regionCode' | 'detail', string>>

/** What is wrong with an address, said beside each field; the server checks again. */
export function problemsOf({ name, phone, regionCode, detail }: AddressInput): AddressProblems {
  const problems: AddressProblems = {}
  if (!name.trim()) problems.name = '请填写收货人'
  if (!isMobile(phone.trim())) problems.phone = '请填写 11 位手机号'
  if (!regionCode) problems.regionCode = '请选择所在地区'
  if (detail.trim().length < 2) problems.detail = '请填写街道、门牌号'
  return problems
}
