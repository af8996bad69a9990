import { formatMoment } from '@/app/format'
import type { PickupFieldsFragment, PickupState } from '@/gql/graphql'

export const PICKUP_STATES: Record<PickupState, { text: string; tone: 'success' | 'warning' | 'info' }> = {
  WAITING: { text: '待提货', tone: 'warning' },
  PICKED_UP: { text: '已提货', tone: 'success' },
  ENDED: { text: '已取消 / 逾期', tone: 'info' },
}

/** The last minute in which one can come: a deadline is the first moment that is too late. */
export function lastMoment(deadline: string): string {
  return formatMoment(new Date(Date.parse(deadline) - 60_000).toISOString())
}

/** How a pickup stands, in a sentence. */
export function pickupText({ state, deadline, pickedUpAt, handedOverBy }: PickupFieldsFragment): string {
  if (state === 'PICKED_UP') return `${formatMoment(pickedUpAt)} 已提货${handedOverBy ? `，${handedOverBy}核销` : ''}`
  if (state === 'ENDED') return '已取消或逾期，提货码已失效'
  return `待提货，${lastMoment(deadline)} 截止`
}
