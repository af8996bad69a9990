import { afterEach, describe, expect, it, vi } from 'vitest'
import { uniFetch } from '@/api/uni-fetch'
import { UniWebSocket } from '@/api/uni-websocket'

interface RequestOptions {
  url: string
  method: string
  data?: string
  header: Record<string, string>
  timeout: number
  success(answer: { statusCode: number; header: Record<string, string>; data: unknown }): void
  fail(reason: { errMsg: string }): void
}

function stubRequest(act: (options: RequestOptions) => void) {
  const abort = vi.fn()
  const request = vi.fn((options: RequestOptions) => {
    act(options)
    return { abort }
  })
  vi.stubGlobal('uni', { request })
  return { abort, request }
}

afterEach(() => vi.unstubAllGlobals())

describe('uniFetch', () => {
  it('passes method, body, headers and a time limit, and answers like fetch', async () => {
    const { request } = stubRequest(({ success }) =>
      success({ statusCode: 200, header: { 'Content-Type': 'application/json' }, data: '{"data":{"a":1}}' }),
    )
    const response = await uniFetch('https://mall.test/graphql', {
      method: 'POST',
      body: '{"query":"{a}"}',
      headers: { authorization: 'Bearer t' },
    })
    expect(response.ok).toBe(true)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ data: { a: 1 } })
    expect(request.mock.calls[0]?.[0]).toMatchObject({
      method: 'POST',
      data: '{"query":"{a}"}',
      header: { authorization: 'Bearer t' },
      timeout: 12_000,
    })
  })

  it('gives back text where the phone has already parsed the body', async () => {
    stubRequest(({ success }) => success({ statusCode: 500, header: {}, data: { errors: [] } }))
    const response = await uniFetch('https://mall.test/graphql')
    expect(response.ok).toBe(false)
    expect(await response.text()).toBe('{"errors":[]}')
  })

  it('rejects when nothing was answered', async () => {
    stubRequest(({ fail }) => fail({ errMsg: 'request:fail timeout' }))
    await expect(uniFetch('https://mall.test/graphql')).rejects.toThrow('request:fail timeout')
  })

  it('aborts the request under way, and does not start one that was aborted before', async () => {
    const { abort, request } = stubRequest(() => undefined)
    const controller = new AbortController()
    const running = uniFetch('https://mall.test/graphql', { signal: controller.signal })
    controller.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(abort).toHaveBeenCalledTimes(1)
    await expect(uniFetch('https://mall.test/graphql', { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(request).toHaveBeenCalledTimes(1)
  })
})

describe('UniWebSocket', () => {
  function connect() {
    const listeners: Record<string, (event: unknown) => void> = {}
    const on = (name: string) => (listener: (event: unknown) => void) => void (listeners[name] = listener)
    const task = {
      onOpen: on('open'),
      onMessage: on('message'),
      onError: on('error'),
      onClose: on('close'),
      send: vi.fn(),
      close: vi.fn(),
    }
    const connectSocket = vi.fn((options: { url: string; protocols: string[] }) => ({ ...task, url: options.url }))
    vi.stubGlobal('uni', { connectSocket })
    const socket = new UniWebSocket('wss://mall.test/graphql', 'graphql-transport-ws')
    const closed = vi.fn()
    socket.onclose = closed
    return { socket, listeners, task, closed, connectSocket }
  }

  it('opens with the protocol, sends and receives', () => {
    const { socket, listeners, task, connectSocket } = connect()
    const opened = vi.fn()
    const received = vi.fn()
    socket.onopen = opened
    socket.onmessage = received
    expect(connectSocket.mock.calls[0]?.[0]).toMatchObject({ protocols: ['graphql-transport-ws'] })
    listeners.open?.({})
    listeners.message?.({ data: '{"type":"pong"}' })
    socket.send('hello')
    expect(socket.readyState).toBe(UniWebSocket.OPEN)
    expect(opened).toHaveBeenCalledTimes(1)
    expect(received).toHaveBeenCalledWith({ data: '{"type":"pong"}' })
    expect(task.send.mock.calls[0]?.[0]).toMatchObject({ data: 'hello' })
  })

  it('tells an error and the close that follows it once', () => {
    const { socket, listeners, closed } = connect()
    listeners.error?.({ errMsg: 'refused' })
    listeners.close?.({ code: 1006 })
    expect(closed).toHaveBeenCalledTimes(1)
    expect(closed).toHaveBeenCalledWith({ code: 1006, reason: 'refused', wasClean: false })
    expect(socket.readyState).toBe(UniWebSocket.CLOSED)
  })

  it('keeps the code with which the server closed', () => {
    const { listeners, closed } = connect()
    listeners.open?.({})
    listeners.close?.({ code: 4401, reason: 'expired' })
    expect(closed).toHaveBeenCalledWith({ code: 4401, reason: 'expired', wasClean: false })
  })
})
