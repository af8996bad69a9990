import { daysToMoments } from '@/app/format'
import { memberOf, ORDER_STATES } from '@/app/labels'
import type { ConsoleOrderFilter } from '@/gql/graphql'

export const ORDER_LIST_START = { text: '', state: '', merchant: '', from: '', to: '', trouble: false, page: 1, size: 20 }

/** What the address says, as the filter the server takes. */
export function orderFilter(state: typeof ORDER_LIST_START): ConsoleOrderFilter {
  const span = state.from && state.to ? daysToMoments(state.from, state.to) : {}
  return {
    ...span,
    text: state.text || undefined,
    state: memberOf(ORDER_STATES, state.state),
    merchantId: state.merchant || undefined,
    inTrouble: state.trouble || undefined,
  }
}
