import { StaffRefreshDocument, type StaffRefreshMutation } from '@/gql/graphql'
import { bodyOf, trusted } from './documents'
import type { TokenBox, Tokens } from './tokens'

/** A token this close to its end is renewed before it is used, so that no request is lost to the race. */
const RENEW_AHEAD_MS = 30_000
/** A wrong clock on this machine must not turn every request into a renewal. */
const RENEW_AT_MOST_EVERY_MS = 60_000
const TIMEOUT_MS = 20_000

type Fetch = typeof fetch

export interface TransportOptions {
  url: string
  box: TokenBox
  /** The session cannot be renewed: the user has to log in again. */
  onExpired: () => void
  fetch?: Fetch
}

interface Answer {
  data?: StaffRefreshMutation | null
  errors?: { extensions?: { code?: string } }[]
}

/** HTTP for the console: bearer token, one renewal at a time, one retry after a refused token. */
export class Transport {
  private readonly send: Fetch
  private renewing: Promise<Tokens | null> | null = null
  private renewedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly options: TransportOptions) {
    this.send = options.fetch ?? ((input, init) => fetch(input, init))
  }

  /** `fetch` with the token of whoever is logged in; for operations and uploads. */
  readonly fetch: Fetch = async (input, init) => {
    const tokens = await this.usable()
    const answer = await this.attempt(input, init, tokens)
    if (!tokens || !(await isTokenRefused(answer))) return answer
    const renewed = await this.renew(tokens.access)
    return renewed ? this.attempt(input, init, renewed) : answer
  }

  /** The tokens to use now, renewed when they are about to end; null when nobody is logged in. */
  async usable(): Promise<Tokens | null> {
    const tokens = this.options.box.current
    if (!tokens) return null
    const dueSoon = Date.parse(tokens.expiresAt) - Date.now() < RENEW_AHEAD_MS
    const justRenewed = performance.now() - this.renewedAt < RENEW_AT_MOST_EVERY_MS
    return dueSoon && !justRenewed ? this.renew(tokens.access) : tokens
  }

  /**
   * Exchanges the refresh token once, however many requests ask for it, and not at all when `stale` was already
   * replaced; null when the session is over.
   */
  renew(stale: string): Promise<Tokens | null> {
    this.renewing ??= this.exclusively(() => this.exchange(stale)).finally(() => {
      this.renewing = null
    })
    return this.renewing
  }

  private attempt(input: RequestInfo | URL, init: RequestInit | undefined, tokens: Tokens | null): Promise<Response> {
    const headers = new Headers(init?.headers)
    if (tokens) headers.set('authorization', `Bearer ${tokens.access}`)
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit
    return this.send(input, { ...init, headers, signal })
  }

  /** Tabs share a remembered session, and a refresh token works once: the lock spans them where the browser has one. */
  private async exclusively(work: () => Promise<Tokens | null>): Promise<Tokens | null> {
    if (!('locks' in navigator)) return work()
    return await navigator.locks.request(`${this.options.box.key}:renew`, work)
  }

  private async exchange(stale: string): Promise<Tokens | null> {
    const { box } = this.options
    const now = box.current
    if (!now || now.access !== stale) return now
    const result = await this.askForRenewal(now.refresh)
    if (result?.__typename !== 'StaffSession') {
      box.clear()
      this.options.onExpired()
      return null
    }
    const renewed = { access: result.accessToken, refresh: result.refreshToken, expiresAt: result.expiresAt }
    box.replace(renewed)
    this.renewedAt = performance.now()
    return renewed
  }

  private async askForRenewal(refreshToken: string): Promise<StaffRefreshMutation['staffRefresh'] | undefined> {
    const response = await this.send(this.options.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bodyOf(trusted(StaffRefreshDocument), { refreshToken }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    // A server that is down, full, or of another release says nothing about the session: keep it and let the caller show the fault.
    if (response.status >= 400) throw new TypeError(`renewal answered ${response.status}`)
    const answer: Answer = await response.json()
    return answer.data?.staffRefresh
  }
}

async function isTokenRefused(response: Response): Promise<boolean> {
  if (response.status === 401) return true
  if (!response.headers.get('content-type')?.includes('json')) return false
  const answer: Answer = await response.clone().json()
  return answer.errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED') ?? false
}
