interface CloseNotice {
  code: number
  reason: string
  wasClean: boolean
}

/**
 * `WebSocket` over `uni.connectSocket`, for graphql-ws' `webSocketImpl`.
 *
 * A failure is told only as a close with code 1006: WeChat sends `onError` with or without a following `onClose`, and graphql-ws
 * would lose the close code if it heard of the error first.
 */
export class UniWebSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3

  readyState: number = UniWebSocket.CONNECTING
  readonly protocol: string
  onopen: ((event: unknown) => void) | null = null
  onclose: ((event: CloseNotice) => void) | null = null
  onerror: ((event: unknown) => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  private readonly task: UniApp.SocketTask

  constructor(url: string, protocols?: string | string[]) {
    const wanted = protocols === undefined ? [] : ([] as string[]).concat(protocols)
    this.protocol = wanted[0] ?? ''
    // Without a callback `uni.connectSocket` returns a promise instead of the task.
    this.task = uni.connectSocket({ url, protocols: wanted, complete: () => undefined })
    this.task.onOpen((event) => this.opened(event))
    this.task.onMessage((event) => this.onmessage?.({ data: (event as { data: unknown }).data }))
    this.task.onError((event) => this.ended(1006, (event as { errMsg?: string }).errMsg ?? 'socket error'))
    this.task.onClose((event) => {
      const { code, reason } = event as { code?: number; reason?: string }
      this.ended(code ?? 1006, reason ?? '')
    })
  }

  send(data: string): void {
    this.task.send({ data, fail: () => this.close(1006, 'send failed') })
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState >= UniWebSocket.CLOSING) return
    this.readyState = UniWebSocket.CLOSING
    // 1006 may not be sent over the wire; it is what the other side's silence is called.
    this.task.close({ code: code === 1006 ? 1000 : code, reason })
    if (code === 1006) this.ended(code, reason)
  }

  private opened(event: unknown): void {
    if (this.readyState !== UniWebSocket.CONNECTING) return
    this.readyState = UniWebSocket.OPEN
    this.onopen?.(event)
  }

  private ended(code: number, reason: string): void {
    if (this.readyState === UniWebSocket.CLOSED) return
    this.readyState = UniWebSocket.CLOSED
    this.onclose?.({ code, reason, wasClean: code === 1000 })
  }
}
