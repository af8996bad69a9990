import { onScopeDispose, watch } from 'vue'
import { useApi } from '@/api/client'
import { OrderChangedDocument } from '@/gql/graphql'

/** Calls `reload` whenever the order changed, and after each gap in the connection. */
export function useOrderLive(id: () => string, reload: () => void): void {
  const { live } = useApi()
  const follow = (order: string, _before: unknown, onCleanup: (end: () => void) => void): void => {
    let first = true
    const end = live.listen(OrderChangedDocument, { id: order }, () => {
      // The stream begins with the order as it stands, which the page has just read.
      if (!first) reload()
      first = false
    })
    onCleanup(end)
  }
  watch(id, follow, { immediate: true })
  onScopeDispose(live.onResync(reload))
}
