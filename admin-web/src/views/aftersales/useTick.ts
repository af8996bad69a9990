import { onScopeDispose, ref, type Ref } from 'vue'

/** The time, moving on every half minute: countdowns of hours and days need no more. */
export function useTick(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 30_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
