import { createClient, type Client as WsClient } from 'graphql-ws/client'
import type { Tokens } from './client'
import { trusted, type Document, type Variables } from './documents'

/** Longest pause between two attempts to connect again, in milliseconds. */
export const LONGEST_WAIT = 15_000
const FIRST_WAIT = 500
const UNAUTHORIZED = 4401
const FORBIDDEN = 4403

export interface LiveOptions {
  url: string
  tokens: Tokens
  webSocketImpl: unknown
  wait?: (milliseconds: number) => Promise<void>
}

export interface Listening<Data> {
  onData(data: Data): void
  /** Called after every reconnect: what happened during the gap was not sent, so the page has to read again. */
  onGap(): void
}

export interface Live {
  subscribe<Data, Vars extends Variables>(
    document: Document<Data, Vars>,
    variables: Vars,
    listening: Listening<Data>,
  ): () => void
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** 0.5 s, 1 s, 2 s … up to `LONGEST_WAIT`, with up to a fifth of chance so that a restarted server is not met by all at once. */
export function backOff(attempt: number, chance: number = Math.random()): number {
  const base = Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT)
  return Math.round(base * (0.8 + 0.2 * chance))
}

/** Codes of what passes: we read too slowly, asked too often, or the server had trouble of its own. */
const PASSING = new Set(['SLOW_CONSUMER', 'THROTTLED', 'BUSY', 'DEADLINE', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])

/** True for a refusal that repeating will not change: the order is gone, or is somebody else's. */
function isRefusal(reason: unknown): boolean {
  if (!Array.isArray(reason)) return false
  const codes = reason.map((error: { extensions?: { code?: unknown } }) => error.extensions?.code)
  return codes.some((code) => typeof code === 'string' && !PASSING.has(code))
}

/** graphql-ws insists on a query: it is given an empty one, which does not leave the phone; the server goes by the id. */
function withoutEmptyQuery(this: unknown, key: string, value: unknown): unknown {
  const isPayload = typeof this === 'object' && this !== null && 'id' in this && 'operationName' in this
  return key === 'query' && value === '' && isPayload ? undefined : value
}

function closeCode(event: unknown): number | undefined {
  return (event as { code?: number } | null)?.code
}

/** Subscriptions over one WebSocket that is opened by the first listener and closed after the last. */
export function createLive({ url, tokens, webSocketImpl, wait = pause }: LiveOptions): Live {
  const gaps = new Set<() => void>()
  let rejected = false

  const client: WsClient = createClient({
    url,
    webSocketImpl,
    jsonMessageReplacer: withoutEmptyQuery,
    lazy: true,
    keepAlive: 20_000,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (attempt) => wait(backOff(attempt)),
    shouldRetry: () => true,
    connectionParams: async () => {
      if (rejected) await tokens.refresh()
      rejected = false
      const access = tokens.access()
      return access ? { authorization: `Bearer ${access}` } : {}
    },
    on: {
      closed: (event) => {
        const code = closeCode(event)
        rejected ||= code === UNAUTHORIZED || code === FORBIDDEN
      },
      connected: (_socket, _payload, isRetry) => {
        if (isRetry) gaps.forEach((gap) => gap())
      },
    },
  })

  function subscribe<Data, Vars extends Variables>(
    document: Document<Data, Vars>,
    variables: Vars,
    { onData, onGap }: Listening<Data>,
  ): () => void {
    let stopped = false
    let attempt = 0
    let release: () => void = () => undefined
    const { id, name } = trusted(document)
    const payload = { query: '', id, operationName: name, variables }
    gaps.add(onGap)

    // graphql-ws gives up on some close codes (an expired token is one); a page that is still open does not.
    const again = async () => {
      await wait(backOff(attempt++))
      if (stopped) return
      start()
      onGap()
    }
    const start = () => {
      release = client.subscribe<Data>(payload, {
        next: ({ data, errors }) => {
          attempt = 0
          if (data) onData(data)
          else if (errors) onGap()
        },
        error: (reason) => (isRefusal(reason) ? onGap() : void again()),
        complete: () => undefined,
      })
    }
    start()
    return () => {
      stopped = true
      gaps.delete(onGap)
      release()
    }
  }

  return { subscribe }
}
