import { reactive, toRaw, watch } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

type Simple = string | number | boolean
type Widen<Value> = Value extends string ? string : Value extends number ? number : boolean
type State<Shape> = { [Key in keyof Shape]: Widen<Shape[Key]> }

function read(text: unknown, start: Simple): Simple {
  if (typeof text !== 'string') return start
  if (typeof start === 'boolean') return text === '1'
  if (typeof start !== 'number') return text
  const number = Number(text)
  return Number.isSafeInteger(number) && number > 0 ? number : start
}

/**
 * Filters and page of a list, kept in the address, so that a reload, a bookmark and the back button show the same
 * rows. Any change but that of the page itself goes back to page one.
 */
export function useUrlState<Shape extends Record<string, Simple> & { page: number }>(start: Shape): State<Shape> {
  const route = useRoute()
  const router = useRouter()
  const home = route.path
  const parse = (): Record<string, Simple> =>
    Object.fromEntries(Object.entries(start).map(([key, value]) => [key, read(route.query[key], value)]))
  const state = reactive(parse())
  let following = false

  watch(
    () => route.query,
    () => {
      if (route.path !== home) return
      following = true
      Object.assign(state, parse())
      following = false
    },
  )
  watch(
    () => ({ ...state }),
    (now, before) => {
      if (following) return
      const filtersMoved = Object.keys(start).some((key) => key !== 'page' && now[key] !== before[key])
      if (filtersMoved && now['page'] === before['page'] && now['page'] !== 1) state['page'] = 1
      if (route.path === home) void router.replace({ query: write({ ...toRaw(state) }, start) })
    },
    // At once: written a moment later, it would call off a navigation begun in between.
    { flush: 'sync' },
  )
  return state as State<Shape>
}

function write(state: Record<string, Simple>, start: Record<string, Simple>): LocationQueryRaw {
  const kept = Object.entries(state).filter(([key, value]) => value !== start[key])
  return Object.fromEntries(kept.map(([key, value]) => [key, value === true ? '1' : String(value)]))
}
