/**
 * Why a request did not bring data: `network` (nothing was answered), `unauthenticated`, `outdated` (server and page are of
 * different releases), `busy` (too often, or too much at the moment), `server` (an answer that is an error).
 */
export type FailureKind = 'network' | 'unauthenticated' | 'outdated' | 'busy' | 'server'

const SENTENCES: Record<FailureKind, string> = {
  network: '网络不太顺畅，请检查网络后重试',
  unauthenticated: '登录已过期，请重新登录',
  outdated: '页面已更新，请刷新',
  busy: '现在访问的人有点多，请稍后再试',
  server: '服务暂时繁忙，请稍后再试',
}

/** An error whose `message` is a Chinese sentence that may be shown to a buyer. */
export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string = SENTENCES[kind],
    readonly code?: string,
  ) {
    super(message)
    this.name = 'Failure'
  }
}

export interface Fault {
  message: string
  extensions?: { code?: unknown }
}

/** What came back from the server. */
export interface Reply<Data> {
  status: number
  /** Seconds the server asks us to wait. */
  retryAfter?: number
  data?: Data | null
  errors?: Fault[]
}

const KINDS: Record<string, FailureKind> = {
  UNAUTHENTICATED: 'unauthenticated',
  UNKNOWN_DOCUMENT: 'outdated',
  THROTTLED: 'busy',
  BUSY: 'busy',
  DEADLINE: 'busy',
}
/** Where no body says why: a proxy may answer these for the server. */
const STATUSES: Record<number, FailureKind> = { 401: 'unauthenticated', 429: 'busy', 503: 'busy' }

/** Codes whose message speaks to a programmer, with what a buyer reads instead. */
const TECHNICAL: Record<string, string> = { BAD_USER_INPUT: '链接不正确，或内容已不存在' }

export function codeOf(reply: Reply<unknown>): string | undefined {
  const code = reply.errors?.[0]?.extensions?.code
  return typeof code === 'string' ? code : undefined
}

/** Why the reply brings no data; a coded refusal of the server keeps its own sentence, a masked error gets ours. */
export function failureOf(reply: Reply<unknown>): Failure {
  const code = codeOf(reply)
  const kind = (code && KINDS[code]) || STATUSES[reply.status] || 'server'
  if (kind === 'busy') return new Failure(kind, busySentence(reply, code), code)
  if (kind !== 'server') return new Failure(kind, undefined, code)
  const sentence = code ? (TECHNICAL[code] ?? reply.errors?.[0]?.message) : undefined
  return new Failure('server', sentence, code)
}

function busySentence({ status, retryAfter }: Reply<unknown>, code: string | undefined): string | undefined {
  const tooOften = code === 'THROTTLED' || status === 429
  if (!tooOften) return undefined
  return retryAfter ? `操作太频繁，请 ${retryAfter} 秒后再试` : '操作太频繁，请稍后再试'
}

/** The sentence to show for anything caught. */
export function sentenceOf(caught: unknown): string {
  return caught instanceof Failure ? caught.message : SENTENCES.server
}
