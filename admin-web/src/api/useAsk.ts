import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useApi } from './client'
import type { Document, Variables } from './documents'
import { ApiFailure, type Failure } from './failure'

export interface Asked<Data> {
  data: Ref<Data | undefined>
  /** True while nothing can be shown yet. */
  loading: ComputedRef<boolean>
  /** True while other data than that shown is on its way; a reload of the same replaces it without a veil. */
  refreshing: ComputedRef<boolean>
  failure: Ref<Failure | null>
  reload: () => void
}

/** A query of a view, asked again whenever its variables change; the newest question wins over a slow old answer. */
export function useAsk<Data, Vars extends Variables>(
  document: Document<Data, Vars>,
  variables: () => Vars,
  options: { pause?: () => boolean } = {},
): Asked<Data> {
  const api = useApi()
  const data = shallowRef<Data>()
  const failure = shallowRef<Failure | null>(null)
  const fetching = ref(false)
  const reloading = ref(false)
  let latest = 0

  async function ask(): Promise<void> {
    const mine = ++latest
    fetching.value = true
    try {
      const answer = await api.ask(document, variables())
      if (mine !== latest) return
      data.value = answer
      failure.value = null
    } catch (fault) {
      if (!(fault instanceof ApiFailure)) throw fault
      if (mine !== latest) return
      failure.value = fault.failure
    }
    fetching.value = false
    reloading.value = false
  }

  const question = computed(() => (options.pause?.() ? null : JSON.stringify(variables())))
  watch(question, (asked) => asked !== null && void ask(), { immediate: true })
  onScopeDispose(() => (latest += 1))
  return {
    data,
    loading: computed(() => fetching.value && data.value === undefined),
    refreshing: computed(() => fetching.value && !reloading.value),
    failure,
    reload: () => {
      reloading.value = data.value !== undefined
      void ask()
    },
  }
}
