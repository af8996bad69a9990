import { ref, type Ref } from 'vue'

/** Counts up whenever a payout was asked for, so that the lists beside look at once. */
const asked = ref(0)

export function useAsked(): { asked: Readonly<Ref<number>>; tell: () => void } {
  return { asked, tell: () => (asked.value += 1) }
}
