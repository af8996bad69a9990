import { ref } from 'vue'
import { tellFailure } from './tell'

/** Runs one action at a time: while it runs further taps are ignored; a failure is told. */
export function useBusy() {
  const busy = ref(false)

  async function run<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
    if (busy.value) return undefined
    busy.value = true
    try {
      return await action()
    } catch (caught) {
      tellFailure(caught)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, run }
}
