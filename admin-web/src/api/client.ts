import { inject, type App, type InjectionKey } from 'vue'
import { bodyOf, trusted, type Document, type Trusted, type Variables } from './documents'
import { ApiFailure, failureOf, UNREACHABLE, type Fault, type Reply } from './failure'
import { Live } from './live'
import { TokenBox } from './tokens'
import { Transport } from './transport'

const UNAVAILABLE = 503
/** Longest pause before a query is repeated because the house was full; beyond it the user decides. */
const LONGEST_BUSY_WAIT_MS = 5_000

export interface Api {
  box: TokenBox
  transport: Transport
  live: Live
  /** Where staff with the permission may write operations freely. */
  explorerUrl: string
  /** Runs a query or a mutation and answers its data; anything else is thrown as ApiFailure. */
  ask: <Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars) => Promise<Data>
}

export interface ApiOptions {
  /** Separates the sessions of the two entries, so that one browser may hold both. */
  entry: string
  origin?: string
  onExpired: () => void
  fetch?: typeof fetch
  webSocketImpl?: unknown
  wait?: (milliseconds: number) => Promise<void>
}

const KEY: InjectionKey<Api> = Symbol('api')

/** Lists change under other people's hands, so nothing is cached: every view asks the server, by POST. */
export function createApi(options: ApiOptions): Api {
  const url = new URL('/graphql', options.origin ?? location.origin).href
  const box = new TokenBox(`zhaotong-console-${options.entry}`)
  const transport = new Transport({ url, box, onExpired: options.onExpired, fetch: options.fetch })
  const live = new Live(url.replace(/^http/, 'ws'), transport, options.webSocketImpl)
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)))

  async function send(document: Trusted, variables: Variables): Promise<Reply> {
    const headers = { 'content-type': 'application/json' }
    const response = await transport.fetch(url, { method: 'POST', headers, body: bodyOf(document, variables) }).catch(() => {
      throw new ApiFailure(UNREACHABLE)
    })
    return replyOf(response)
  }

  async function patiently(document: Trusted, variables: Variables): Promise<Reply> {
    const reply = await send(document, variables)
    const pause = (reply.retryAfter ?? 1) * 1000
    // What changes something is never sent twice: the first one may have been done.
    if (document.kind !== 'query' || reply.status !== UNAVAILABLE || pause > LONGEST_BUSY_WAIT_MS) return reply
    await wait(pause)
    return send(document, variables)
  }

  return {
    box,
    transport,
    live,
    explorerUrl: `${url}/explorer`,
    ask: async <Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars) =>
      dataOf<Data>(await patiently(trusted(document), variables)),
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const seconds = Math.ceil(Number(response.headers.get('retry-after')))
  const body: { data?: unknown; errors?: Fault[] } | null = await response.json().catch(() => null)
  return { status: response.status, retryAfter: seconds > 0 ? seconds : undefined, data: body?.data, errors: body?.errors }
}

/** The types were made from the schema the server answers by: what has no errors has this form. */
function dataOf<Data>(reply: Reply): Data {
  if (reply.errors?.length) throw new ApiFailure(failureOf(reply))
  if (reply.data === undefined || reply.data === null)
    throw new ApiFailure(reply.status < 400 ? { kind: 'server', text: '服务器没有返回数据，请稍后重试' } : failureOf(reply))
  return reply.data as Data
}

export function provideApi(app: App, api: Api): void {
  app.provide(KEY, api)
}

export function useApi(): Api {
  const api = inject(KEY)
  if (!api) throw new Error('the api is not provided')
  return api
}
