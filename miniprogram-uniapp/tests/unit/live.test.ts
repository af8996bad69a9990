import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Document } from '@/api/documents'
import { backOff, createLive, LONGEST_WAIT } from '@/api/live'

const CHANGED = { __meta__: { id: 'cc33', name: 'Changed', kind: 'subscription' } } as unknown as Document<
  { orderChanged: string },
  { id: string }
>

interface Message {
  type: string
  id?: string
  payload?: unknown
}

class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  static made: FakeSocket[] = []

  readyState = 0
  sent: Message[] = []
  onopen: (() => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: ((event: unknown) => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null

  constructor() {
    FakeSocket.made.push(this)
    queueMicrotask(() => {
      this.readyState = 1
      this.onopen?.()
    })
  }

  send(text: string) {
    const message = JSON.parse(text) as Message
    this.sent.push(message)
    if (message.type === 'connection_init') this.tell({ type: 'connection_ack' })
  }

  tell(message: Message) {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }))
  }

  close(code = 1000, reason = '') {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 15))
const last = () => FakeSocket.made[FakeSocket.made.length - 1] as FakeSocket
const subscribed = (socket: FakeSocket) => socket.sent.find((message) => message.type === 'subscribe') as Message

function setUp() {
  const tokens = {
    token: 'access-1',
    access: () => tokens.token,
    refresh: vi.fn(async () => ((tokens.token = 'access-2'), true)),
  }
  const wait = vi.fn(async (milliseconds: number) => void milliseconds)
  const live = createLive({ url: 'wss://mall.test/graphql', tokens, webSocketImpl: FakeSocket, wait })
  const onData = vi.fn()
  const onGap = vi.fn()
  const stop = live.subscribe(CHANGED, { id: 'o1' }, { onData, onGap })
  return { tokens, wait, onData, onGap, stop }
}

describe('live', () => {
  beforeEach(() => void (FakeSocket.made = []))

  it('sends the token and delivers what happens', async () => {
    const { onData, onGap, stop } = setUp()
    await settle()
    expect(last().sent[0]).toEqual({ type: 'connection_init', payload: { authorization: 'Bearer access-1' } })
    last().tell({ type: 'next', id: subscribed(last()).id, payload: { data: { orderChanged: 'SHIPPED' } } })
    await settle()
    expect(onData).toHaveBeenCalledWith({ orderChanged: 'SHIPPED' })
    expect(onGap).not.toHaveBeenCalled()
    stop()
  })

  it('names the operation by its id and sends no text', async () => {
    const { stop } = setUp()
    await settle()
    expect(subscribed(last()).payload).toEqual({ id: 'cc33', operationName: 'Changed', variables: { id: 'o1' } })
    stop()
  })

  it.each(['SLOW_CONSUMER', 'THROTTLED', 'BUSY', 'DEADLINE', 'UNAVAILABLE'])(
    'subscribes again after %s',
    async (code) => {
      const { onGap, wait, stop } = setUp()
      await settle()
      const first = subscribed(last())
      last().tell({ type: 'error', id: first.id, payload: [{ message: 'x', extensions: { code } }] })
      await settle()
      expect(wait).toHaveBeenCalledTimes(1)
      expect(onGap).toHaveBeenCalledTimes(1)
      const again = FakeSocket.made.flatMap(({ sent }) => sent).filter(({ type }) => type === 'subscribe')
      expect(again).toHaveLength(2)
      stop()
    },
  )

  it.each([1012, 4429])('comes back after a close with %d', async (code) => {
    const { onGap, stop } = setUp()
    await settle()
    last().close(code)
    await settle()
    expect(FakeSocket.made).toHaveLength(2)
    expect(onGap).toHaveBeenCalledTimes(1)
    stop()
  })

  it('subscribes again after a lost connection and asks the page to read what it missed', async () => {
    const { onGap, wait, stop } = setUp()
    await settle()
    for (const times of [1, 2, 3]) {
      last().close(1006)
      await settle()
      expect(FakeSocket.made).toHaveLength(times + 1)
      expect(subscribed(last())).toMatchObject({ payload: { variables: { id: 'o1' } } })
      expect(onGap).toHaveBeenCalledTimes(times)
    }
    expect(wait).toHaveBeenCalledTimes(3)
    stop()
  })

  it('exchanges the token when the server closes because it has expired', async () => {
    const { tokens, onGap, stop } = setUp()
    await settle()
    last().close(4401)
    await settle()
    expect(tokens.refresh).toHaveBeenCalledTimes(1)
    expect(last().sent[0]?.payload).toEqual({ authorization: 'Bearer access-2' })
    expect(onGap).toHaveBeenCalledTimes(1)
    stop()
  })

  it('takes a coded refusal as final and lets the page read why', async () => {
    const { onGap, wait, stop } = setUp()
    await settle()
    last().tell({
      type: 'error',
      id: subscribed(last()).id,
      payload: [{ message: '没有这个订单', extensions: { code: 'NOT_FOUND' } }],
    })
    await settle()
    expect(onGap).toHaveBeenCalledTimes(1)
    expect(wait).not.toHaveBeenCalled()
    stop()
  })

  it('subscribes again after a fault of the server, with a pause', async () => {
    const { onGap, wait, stop } = setUp()
    await settle()
    last().tell({ type: 'error', id: subscribed(last()).id, payload: [{ message: 'Unexpected error.' }] })
    await settle()
    expect(wait).toHaveBeenCalledTimes(1)
    expect(onGap).toHaveBeenCalledTimes(1)
    stop()
  })

  it('stops for good when the page closes', async () => {
    const { onGap, stop } = setUp()
    await settle()
    stop()
    await settle()
    last().close(1006)
    await settle()
    expect(FakeSocket.made).toHaveLength(1)
    expect(onGap).not.toHaveBeenCalled()
  })

  it('waits longer each time, up to a bound', () => {
    const waits = Array.from({ length: 12 }, (_, attempt) => backOff(attempt, 1))
    expect(waits.slice(0, 4)).toEqual([500, 1000, 2000, 4000])
    expect(Math.max(...waits)).toBe(LONGEST_WAIT)
    expect(backOff(0, 0)).toBe(400)
  })
})
