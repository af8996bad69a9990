import { trusted, type Document, type Trusted, type Variables } from './documents'
import { codeOf, Failure, failureOf, type Reply } from './failure'
import { singleFlight } from './single-flight'

/** Milliseconds before each repetition of a query that met a dead network. */
export const QUERY_RETRY_WAITS = [300, 900]
/** Longest pause before a query is repeated because the house was full, in milliseconds; beyond it the buyer decides. */
export const LONGEST_BUSY_WAIT = 5_000
/** Addresses longer than this are cut by some proxies. */
const LONGEST_ADDRESS = 2_000
const METHOD_NOT_ALLOWED = 405
const UNAVAILABLE = 503

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

export interface Api {
  /** Reads; repeated when the network fails or the house is full. Throws `Failure`. */
  query<Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars): Promise<Data>
  /** The same for a question that must stand in no address, and so in no log: never by GET. */
  whisper<Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars): Promise<Data>
  /** Writes; never repeated after a network failure, because the first one may have arrived. Throws `Failure`. */
  mutate<Data, Vars extends Variables>(document: Document<Data, Vars>, variables: Vars): Promise<Data>
}

type Send<Data> = () => Promise<Reply<Data>>

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

function dataOf<Data>(reply: Reply<Data>): Data {
  if (reply.errors?.length || reply.data === undefined || reply.data === null) throw failureOf(reply)
  return reply.data
}

async function read<Data>(response: Response): Promise<Reply<Data>> {
  const seconds = Math.ceil(Number(response.headers.get('retry-after')))
  const reply = { status: response.status, retryAfter: seconds > 0 ? seconds : undefined }
  const body: unknown = await response.json().catch(() => null)
  return { ...reply, ...(typeof body === 'object' ? (body as Pick<Reply<Data>, 'data' | 'errors'>) : {}) }
}

function addressOf(url: string, { id, name }: Trusted, variables: Variables): string {
  const given = encodeURIComponent(JSON.stringify(variables))
  return `${url}?id=${id}&operationName=${name}&variables=${given}`
}

/**
 * A GraphQL client over HTTP that knows tokens, and what may be repeated. Operations travel as ids.
 *
 * What a stranger reads is the same for all strangers and is asked for by GET, so that browsers and whatever stands before the
 * server may keep it. With a token nothing ever is.
 */
export function createApi({ url, fetch, tokens, wait = pause }: ApiOptions): Api {
  const refresh = singleFlight(() => tokens.refresh())
  let byAddress = true

  async function request<Data>(address: string, options: RequestInit): Promise<Reply<Data>> {
    // Only a fetch that fails is the network's fault; what was answered and cannot be read is the server's.
    const response = await fetch(address, options).catch(() => {
      throw new Failure('network')
    })
    return read<Data>(response)
  }

  function post<Data>({ id, name }: Trusted, variables: Variables, access: string | null): Promise<Reply<Data>> {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (access) headers.authorization = `Bearer ${access}`
    return request(url, { method: 'POST', headers, body: JSON.stringify({ id, operationName: name, variables }) })
  }

  async function ask<Data>(document: Trusted, variables: Variables): Promise<Reply<Data>> {
    const access = tokens.access()
    const address = addressOf(url, document, variables)
    if (document.kind !== 'query' || access || !byAddress || address.length > LONGEST_ADDRESS)
      return post(document, variables, access)
    const reply = await request<Data>(address, { method: 'GET', headers: { 'x-mall-client': 'miniprogram' } })
    if (reply.status !== METHOD_NOT_ALLOWED) return reply
    byAddress = false
    return post(document, variables, access)
  }

  async function throughGaps<Data>(send: Send<Data>): Promise<Reply<Data>> {
    for (const milliseconds of QUERY_RETRY_WAITS) {
      try {
        return await send()
      } catch (caught) {
        if (!(caught instanceof Failure) || caught.kind !== 'network') throw caught
        await wait(milliseconds)
      }
    }
    return send()
  }

  async function patiently<Data>(send: Send<Data>): Promise<Reply<Data>> {
    const reply = await throughGaps(send)
    const milliseconds = (reply.retryAfter ?? 1) * 1000
    if (reply.status !== UNAVAILABLE || milliseconds > LONGEST_BUSY_WAIT) return reply
    await wait(milliseconds)
    return throughGaps(send)
  }

  async function authorized<Data>(send: Send<Data>): Promise<Data> {
    const used = tokens.access()
    const reply = await send()
    const refused = codeOf(reply) === 'UNAUTHENTICATED' || reply.status === 401
    if (!refused || used === null) return dataOf(reply)
    // A second request may have met the old token while the first was already refreshing it.
    const renewed = tokens.access() !== used || (await refresh())
    return dataOf(renewed ? await send() : reply)
  }

  return {
    query: (document, variables) => authorized(() => patiently(() => ask(trusted(document), variables))),
    whisper: (document, variables) =>
      authorized(() => patiently(() => post(trusted(document), variables, tokens.access()))),
    mutate: (document, variables) => authorized(() => ask(trusted(document), variables)),
  }
}
