import { Client, createRequest, fetchExchange, type CombinedError, type OperationResult } from '@urql/core'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { Failure, failureOf } from './failure'
import { singleFlight } from './single-flight'

/** Milliseconds before each repetition of a query that met a dead network. */
export const QUERY_RETRY_WAITS = [300, 900]

/** Whoever keeps the tokens. `refresh` answers false when the member has to log in again. */
export interface Tokens {
  access(): string | null
  refresh(): Promise<boolean>
}

export interface ApiOptions {
  url: string
  fetch: typeof fetch
  tokens: Tokens
  wait?: (milliseconds: number) => Promise<void>
}

export type Variables = Record<string, unknown>
type Document<Data, Vars> = TypedDocumentNode<Data, Vars>
type Send<Data> = () => Promise<OperationResult<Data>>

export interface Api {
  /** Reads; repeated when the network fails. Throws `Failure`. */
  query<Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars): Promise<Data>
  /** Writes; never repeated after a network failure, because the first one may have arrived. Throws `Failure`. */
  mutate<Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars): Promise<Data>
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

function isNetworkFailure(error: CombinedError | undefined): boolean {
  return error !== undefined && failureOf(error).kind === 'network'
}

function dataOf<Data>(result: OperationResult<Data>): Data {
  if (result.error) throw failureOf(result.error)
  if (result.data === undefined || result.data === null) throw new Failure('server')
  return result.data
}

/** A GraphQL client over HTTP that knows tokens, and what may be repeated. */
export function createApi({ url, fetch, tokens, wait = pause }: ApiOptions): Api {
  const client = new Client({
    url,
    fetch,
    exchanges: [fetchExchange],
    // The GET form needs URLSearchParams, which WeChat does not have.
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetchOptions: () => {
      const access = tokens.access()
      const headers: Record<string, string> = access ? { authorization: `Bearer ${access}` } : {}
      return { headers }
    },
  })
  const refresh = singleFlight(() => tokens.refresh())
  let serial = 0

  function ask<Data, Vars extends Variables>(
    document: Document<Data, Vars>,
    variables: Vars,
  ): Promise<OperationResult<Data>> {
    // Under its own key urql would hand a reader the answer to an equal question asked before the latest change.
    const request = { ...createRequest<Data, Vars>(document, variables as never), key: ++serial }
    return client.executeQuery<Data, Vars>(request).toPromise()
  }

  async function patiently<Data>(send: Send<Data>): Promise<OperationResult<Data>> {
    let result = await send()
    for (const milliseconds of QUERY_RETRY_WAITS) {
      if (!isNetworkFailure(result.error)) break
      await wait(milliseconds)
      result = await send()
    }
    return result
  }

  async function authorized<Data>(send: Send<Data>): Promise<Data> {
    const used = tokens.access()
    const result = await send()
    const refused = result.error !== undefined && failureOf(result.error).kind === 'unauthenticated'
    if (!refused || used === null) return dataOf(result)
    // A second request may have met the old token while the first was already refreshing it.
    const renewed = tokens.access() !== used || (await refresh())
    return dataOf(renewed ? await send() : result)
  }

  return {
    query: (document, variables) => authorized(() => patiently(() => ask(document, variables))),
    mutate: (document, variables) => authorized(() => client.mutation(document, variables).toPromise()),
  }
}
