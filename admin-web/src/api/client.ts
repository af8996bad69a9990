import {
  Client,
  fetchExchange,
  subscriptionExchange,
  type AnyVariables,
  type TypedDocumentNode,
} from '@urql/core'
import { inject, type App, type InjectionKey } from 'vue'
import { ApiFailure, failureOf } from './failure'
import { Live } from './live'
import { TokenBox } from './tokens'
import { Transport } from './transport'

export interface Api {
  client: Client
  box: TokenBox
  transport: Transport
  live: Live
  /** Runs a query or a mutation and answers its data; anything else is thrown as ApiFailure. */
  ask: <Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ) => Promise<Data>
}

export interface ApiOptions {
  /** Separates the sessions of the two entries, so that one browser may hold both. */
  entry: string
  origin?: string
  onExpired: () => void
  fetch?: typeof fetch
  webSocketImpl?: unknown
}

const KEY: InjectionKey<Api> = Symbol('api')

/** Lists change under other people's hands, so nothing is cached: every view asks the server. */
export function createApi(options: ApiOptions): Api {
  const url = new URL('/graphql', options.origin ?? location.origin).href
  const box = new TokenBox(`zhaotong-console-${options.entry}`)
  const transport = new Transport({ url, box, onExpired: options.onExpired, fetch: options.fetch })
  const live = new Live(url.replace(/^http/, 'ws'), transport, options.webSocketImpl)
  const client = new Client({
    url,
    fetch: transport.fetch,
    preferGetMethod: false,
    requestPolicy: 'network-only',
    exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription: live.forward })],
  })
  return { client, box, transport, live, ask: askWith(client) }
}

function askWith(client: Client): Api['ask'] {
  return async (document, variables) => {
    const isMutation = document.definitions.some((part) => 'operation' in part && part.operation === 'mutation')
    const result = isMutation
      ? await client.mutation(document, variables).toPromise()
      : await client.query(document, variables).toPromise()
    if (result.error) throw new ApiFailure(failureOf(result.error))
    if (result.data === undefined) throw new ApiFailure({ kind: 'server', text: '服务器没有返回数据，请稍后重试' })
    return result.data
  }
}

export function provideApi(app: App, api: Api): void {
  app.provide(KEY, api)
}

export function useApi(): Api {
  const api = inject(KEY)
  if (!api) throw new Error('the api is not provided')
  return api
}
