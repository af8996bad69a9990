import { eventually } from './console'

interface Message {
  id?: string
  type: string
  payload?: { id?: string; query?: string; operationName?: string; authorization?: string }
}

/** The server's side of graphql-transport-ws, for one socket at a time, driven by the test. */
export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  private static waiting: FakeSocket[] = []

  readyState = FakeSocket.CONNECTING
  parameters: Message['payload']
  onopen: (() => void) | null = null
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null
  onerror: ((fault: unknown) => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  private offered = false
  private readonly streams = new Map<string, string>()

  constructor() {
    setTimeout(() => {
      this.readyState = FakeSocket.OPEN
      this.onopen?.()
    })
  }

  /** The next socket that has a subscription; each is answered once. */
  static async opened(): Promise<FakeSocket> {
    await eventually(() => {
      if (FakeSocket.waiting.length === 0) throw new Error('no subscription yet')
    })
    const [first] = FakeSocket.waiting.splice(0, 1)
    if (!first) throw new Error('no subscription yet')
    return first
  }

  static reset(): void {
    FakeSocket.waiting = []
  }

  send(text: string): void {
    const message: Message = JSON.parse(text)
    if (message.type === 'connection_init') {
      this.parameters = message.payload
      this.tell({ type: 'connection_ack' })
    } else if (message.type === 'subscribe' && message.id) {
      if (message.payload?.query !== undefined) throw new Error('a subscription was sent as text')
      this.streams.set(message.id, message.payload?.operationName ?? '')
      if (!this.offered) FakeSocket.waiting.push(this)
      this.offered = true
    } else if (message.type === 'complete' && message.id) this.streams.delete(message.id)
    else if (message.type === 'ping') this.tell({ type: 'pong' })
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState === FakeSocket.CLOSED) return
    this.readyState = FakeSocket.CLOSED
    setTimeout(() => this.onclose?.({ code, reason, wasClean: code === 1000 }))
  }

  /** The network goes away. */
  drop(): void {
    this.close(1006)
  }

  sendNext(operation: string, data: unknown): void {
    this.tell({ id: this.idOf(operation), type: 'next', payload: { data } })
  }

  sendError(operation: string, message: string, code: string): void {
    this.tell({ id: this.idOf(operation), type: 'error', payload: [{ message, extensions: { code } }] })
  }

  private idOf(operation: string): string {
    const found = [...this.streams].find(([, name]) => name === operation)
    if (!found) throw new Error(`${operation} is not subscribed`)
    return found[0]
  }

  private tell(message: unknown): void {
    setTimeout(() => this.onmessage?.({ data: JSON.stringify(message) }))
  }
}
