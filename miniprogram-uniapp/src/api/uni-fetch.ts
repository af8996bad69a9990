/** Milliseconds after which a request is given up; the slowest page answers in well under a second. */
export const REQUEST_TIMEOUT = 12_000

/** The part of `Response` that the client reads. WeChat has no `Response`. */
class UniResponse {
  readonly ok: boolean
  readonly statusText = ''
  readonly headers: { get(name: string): string | null; has(name: string): boolean }

  constructor(
    readonly status: number,
    header: Record<string, unknown>,
    private readonly body: string,
  ) {
    this.ok = status >= 200 && status < 300
    const lower = new Map(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]))
    this.headers = {
      get: (name) => lower.get(name.toLowerCase()) ?? null,
      has: (name) => lower.has(name.toLowerCase()),
    }
  }

  async text(): Promise<string> {
    return this.body
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.body) as unknown
  }
}

function abortError(): Error {
  const error = new Error('aborted')
  error.name = 'AbortError'
  return error
}

function headersOf(init: RequestInit | undefined): Record<string, string> {
  // The client passes a plain object; the other two shapes of HeadersInit do not exist in WeChat.
  return (init?.headers ?? {}) as Record<string, string>
}

function send(url: string, init: RequestInit | undefined): Promise<UniResponse> {
  return new Promise((resolve, reject) => {
    const signal = init?.signal
    if (signal?.aborted) return reject(abortError())
    const task = uni.request({
      url,
      method: (init?.method ?? 'GET') as 'GET' | 'POST',
      data: typeof init?.body === 'string' ? init.body : undefined,
      header: headersOf(init),
      dataType: 'text',
      timeout: REQUEST_TIMEOUT,
      success: ({ statusCode, header, data }) => {
        const body = typeof data === 'string' ? data : JSON.stringify(data)
        resolve(new UniResponse(statusCode, (header ?? {}) as Record<string, unknown>, body))
      },
      fail: ({ errMsg }) => reject(signal?.aborted ? abortError() : new Error(errMsg)),
    })
    signal?.addEventListener('abort', () => {
      task.abort()
      reject(abortError())
    })
  })
}

/** `fetch` over `uni.request`: enough of it for a GraphQL client (text body, headers, abort, timeout). */
export const uniFetch = ((input: RequestInfo | URL, init?: RequestInit) =>
  send(String(input), init)) as unknown as typeof fetch
