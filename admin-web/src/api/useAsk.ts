import { useQuery } from '@urql/vue'
import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { failureOf, type Failure } from './failure'

export interface Asked<Data> {
  data: Ref<Data | undefined>
  /** True while nothing can be shown yet. */
  loading: ComputedRef<boolean>
  /** True while other data than that shown is on its way; a reload of the same replaces it without a veil. */
  refreshing: ComputedRef<boolean>
  failure: ComputedRef<Failure | null>
  reload: () => void
}

/** A query of a view, asked again whenever its variables change. */
export function useAsk<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables,
  options: { pause?: () => boolean } = {},
): Asked<Data> {
  const answer = useQuery<Data, Variables>({
    query: document,
    variables: computed(variables),
    pause: options.pause ? computed(options.pause) : false,
    requestPolicy: 'network-only',
  })
  const reloading = ref(false)
  watch(answer.fetching, (busy) => busy || (reloading.value = false))
  return {
    data: answer.data,
    loading: computed(() => answer.fetching.value && answer.data.value === undefined),
    refreshing: computed(() => answer.fetching.value && !reloading.value),
    failure: computed(() => (answer.error.value ? failureOf(answer.error.value) : null)),
    reload: () => {
      reloading.value = answer.data.value !== undefined
      void answer.executeQuery({ requestPolicy: 'network-only' })
    },
  }
}
