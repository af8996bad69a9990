import { CloseCode, createClient, type Client as WsClient } from 'graphql-ws/client'
import { ref, type Ref } from 'vue'
import { trusted, type Document, type Variables } from './documents'
import type { Transport } from './transport'

export type LiveStatus = 'off' | 'connecting' | 'live' | 'lost'

const PING_EVERY_MS = 15_000
const PONG_WITHIN_MS = 6_000
const RETRY_MAX_MS = 15_000

/**
 * The WebSocket of the console. It opens with the first subscription, comes back by itself, and tells its
 * listeners each time it came back, because what happened during the gap was not delivered.
 */
export class Live {
  readonly status: Ref<LiveStatus> = ref('off')
  readonly socket: WsClient
  private readonly resyncs = new Set<() => void>()
  private connectedBefore = false
  /** The access token the socket was opened with, and whether it was turned away with it. */
  private carried = ''
  private turnedAway = false
  private pongDeadline: ReturnType<typeof setTimeout> | undefined

  constructor(url: string, private readonly transport: Transport, webSocketImpl?: unknown) {
    this.socket = createClient({
      url,
      webSocketImpl,
      jsonMessageReplacer: withoutEmptyQuery,
      lazy: true,
      keepAlive: PING_EVERY_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (attempt) => pause(backOff(attempt)),
      connectionParams: () => this.introduce(),
      on: {
        connecting: (isRetry) => (this.status.value = isRetry ? 'lost' : 'connecting'),
        connected: () => this.whenConnected(),
        closed: (event) => this.whenClosed(event),
        ping: (received) => !received && this.expectPong(),
        pong: (received) => received && clearTimeout(this.pongDeadline),
      },
    })
  }

  /** Calls `listener` after each connection but the first; the answer takes it off again. */
  onResync(listener: () => void): () => void {
    this.resyncs.add(listener)
    return () => this.resyncs.delete(listener)
  }

  /** Closes the socket for good; used when the user logs out. */
  async close(): Promise<void> {
    clearTimeout(this.pongDeadline)
    await this.socket.dispose()
    this.connectedBefore = false
    this.status.value = 'off'
  }

  /**
   * Calls `onData` with whatever the subscription tells; the answer ends it. The streams of the console never end by
   * themselves: one that did is asked again, with a renewed token where the old one was refused.
   */
  listen<Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars, onData: (data: Data) => void): () => void {
    const { id, name } = trusted(document)
    const payload = { query: '', id, operationName: name, variables }
    let ended = false
    let attempt = 0
    let stop: () => void = () => undefined
    const again = async (fault: unknown): Promise<void> => {
      if (ended || !(await this.recover(fault, ++attempt)) || ended) return
      begin()
      this.tellResync()
    }
    const begin = (): void => {
      let refused: unknown = null
      stop = this.socket.subscribe<Data>(payload, {
        next: ({ data, errors }) => {
          if (errors) refused = errors
          if (errors || !data) return
          attempt = 0
          onData(data)
        },
        error: (fault) => void again(fault),
        complete: () => void again(refused),
      })
    }
    begin()
    return () => {
      ended = true
      stop()
    }
  }

  private whenConnected(): void {
    this.status.value = 'live'
    if (this.connectedBefore) this.tellResync()
    this.connectedBefore = true
  }

  private tellResync(): void {
    for (const listener of this.resyncs) listener()
  }

  private async introduce(): Promise<Record<string, string>> {
    const tokens = await (this.turnedAway ? this.transport.renew(this.carried) : this.transport.usable())
    this.turnedAway = false
    this.carried = tokens?.access ?? ''
    return tokens ? { authorization: `Bearer ${tokens.access}` } : {}
  }

  private whenClosed(event: unknown): void {
    clearTimeout(this.pongDeadline)
    this.turnedAway = isRefusedToken(event)
    if (this.status.value !== 'off') this.status.value = 'lost'
  }

  /** A socket that does not answer a ping is dead even where the browser has not noticed. */
  private expectPong(): void {
    clearTimeout(this.pongDeadline)
    this.pongDeadline = setTimeout(() => this.socket.terminate(), PONG_WITHIN_MS)
  }

  /** True when the subscription may be asked again: a token was renewed, or the fault may pass. */
  private async recover(fault: unknown, attempt: number): Promise<boolean> {
    await pause(backOff(attempt))
    try {
      if (!isRefusedToken(fault)) return (await this.transport.usable()) !== null
      const renewed = await this.transport.renew(this.carried)
      // The socket still carries the old token: the next subscription opens a new one.
      this.socket.terminate()
      return renewed !== null
    } catch {
      return true
    }
  }
}

/** Either the socket was closed for it, or the stream ended with a coded error. */
function isRefusedToken(fault: unknown): boolean {
  if (Array.isArray(fault)) return fault.some((error: GraphQLFault) => error.extensions?.code === 'UNAUTHENTICATED')
  if (typeof fault !== 'object' || fault === null || !('code' in fault)) return false
  return fault.code === CloseCode.Unauthorized || fault.code === CloseCode.Forbidden
}

/** graphql-ws insists on a query: it is given an empty one, which does not leave the browser; the server goes by the id. */
function withoutEmptyQuery(this: unknown, key: string, value: unknown): unknown {
  const isPayload = typeof this === 'object' && this !== null && 'id' in this && 'operationName' in this
  return key === 'query' && value === '' && isPayload ? undefined : value
}

interface GraphQLFault {
  extensions?: { code?: unknown }
}

/** Doubling from half a second with jitter, so that a restarted server is not met by all consoles at once. */
function backOff(attempt: number): number {
  const base = Math.min(RETRY_MAX_MS, 500 * 2 ** Math.min(attempt, 6))
  return base / 2 + Math.random() * (base / 2)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
