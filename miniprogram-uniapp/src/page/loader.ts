import { computed, shallowRef } from 'vue'
import { Failure } from '@/api/failure'
import { tellFailure } from './tell'

/** What a page shows: its skeleton, its data, or why there is none. */
export type LoadState = 'loading' | 'ready' | 'failed'

export function asFailure(caught: unknown): Failure {
  return caught instanceof Failure ? caught : new Failure('server')
}

/**
 * Reads data for a page. The newest call wins, so a slow old answer never overwrites a new one; a failed refresh keeps what is shown
 * and only tells.
 */
export function useLoader<Data>(read: () => Promise<Data>) {
  const data = shallowRef<Data>()
  const failure = shallowRef<Failure>()
  const state = computed<LoadState>(() => (data.value !== undefined ? 'ready' : failure.value ? 'failed' : 'loading'))
  let latest = 0

  async function load(): Promise<void> {
    const mine = ++latest
    if (data.value === undefined) failure.value = undefined
    try {
      const answer = await read()
      if (mine !== latest) return
      data.value = answer
      failure.value = undefined
    } catch (caught) {
      if (mine !== latest) return
      failure.value = asFailure(caught)
      if (data.value !== undefined) tellFailure(failure.value)
    }
  }

  function reset(): void {
    latest++
    data.value = undefined
    failure.value = undefined
  }

  return { data, failure, state, load, reset }
}
