import { computed, ref, shallowRef } from 'vue'
import type { Failure } from '@/api/failure'
import { asFailure, type LoadState } from './loader'
import { tellFailure } from './tell'

export interface Page<Node> {
  nodes: Node[]
  total: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

export type TailState = 'more' | 'loading' | 'failed' | 'end'

/** A list that grows as the buyer scrolls. `restart` begins again; answers to an earlier question are dropped. */
export function usePaged<Answer extends Page<{ id: string }>>(read: (after: string | null) => Promise<Answer>) {
  type Node = Answer['nodes'][number]
  const nodes = shallowRef<Node[]>([])
  const total = ref(0)
  const first = shallowRef<Answer>()
  const failure = shallowRef<Failure>()
  const tail = ref<TailState>('more')
  const state = computed<LoadState>(() => (first.value ? 'ready' : failure.value ? 'failed' : 'loading'))
  let cursor: string | null = null
  let round = 0

  function take(answer: Answer, fresh: boolean): void {
    if (fresh) first.value = answer
    const known = new Set(fresh ? [] : nodes.value.map((node) => node.id))
    // A list ordered by sales may move between two pages; the same product is not shown twice.
    const added = answer.nodes.filter((node) => !known.has(node.id))
    nodes.value = fresh ? answer.nodes : [...nodes.value, ...added]
    total.value = answer.total
    cursor = answer.pageInfo.endCursor
    tail.value = answer.pageInfo.hasNextPage ? 'more' : 'end'
  }

  async function fetchPage(fresh: boolean): Promise<void> {
    const mine = round
    tail.value = 'loading'
    try {
      const answer = await read(fresh ? null : cursor)
      if (mine === round) take(answer, fresh)
    } catch (caught) {
      if (mine !== round) return
      tail.value = 'failed'
      failure.value = asFailure(caught)
      if (fresh && first.value) tellFailure(failure.value)
    }
  }

  async function restart(options: { clear?: boolean } = {}): Promise<void> {
    round++
    cursor = null
    failure.value = undefined
    if (options.clear) {
      first.value = undefined
      nodes.value = []
    }
    await fetchPage(true)
  }

  async function more(): Promise<void> {
    if (tail.value === 'more' || (tail.value === 'failed' && first.value)) await fetchPage(false)
  }

  return { nodes, total, first, failure, state, tail, restart, more }
}
