import { useSubscription } from '@urql/vue'
import { computed, onScopeDispose } from 'vue'
import { useApi } from '@/api/client'
import { OrderChangedDocument } from '@/gql/graphql'

/** Calls `reload` whenever the order changed, and after each gap in the connection. */
export function useOrderLive(id: () => string, reload: () => void): void {
  const { live } = useApi()
  let first = true
  useSubscription({ query: OrderChangedDocument, variables: computed(() => ({ id: id() })) }, (_before, data) => {
    // The stream begins with the order as it stands, which the page has just read.
    if (!first) reload()
    first = false
    return data
  })
  onScopeDispose(live.onResync(reload))
}
