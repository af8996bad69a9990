/**
 * Why an operation gave no data, in words for the user. `outdated`: page and server are of different releases;
 * `busy`: asked too often, or too much is going on at the moment.
 */
export interface Failure {
  kind: 'network' | 'session' | 'permission' | 'outdated' | 'busy' | 'server'
  text: string
}

/** A refusal the server gave on purpose: stable code, Chinese sentence, and the input it is about. */
export interface Problem {
  code: string
  message: string
  field?: string | null
}

export class ApiFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.text)
  }
}

export interface Fault {
  message?: string
  extensions?: { code?: unknown }
}

/** What came back from the server. */
export interface Reply {
  status: number
  /** Seconds the server asks us to wait. */
  retryAfter?: number
  data?: unknown
  errors?: Fault[]
}

export const UNREACHABLE: Failure = { kind: 'network', text: '连接不上服务器，请检查网络后重试' }
const BUSY = new Set(['BUSY', 'DEADLINE'])

/** Why the reply brings no data; what the server says in Chinese is passed on. */
export function failureOf(reply: Reply): Failure {
  const first = reply.errors?.[0]
  const code = first?.extensions?.code
  if (code === 'UNAUTHENTICATED') return { kind: 'session', text: '登录已失效，请重新登录' }
  if (code === 'FORBIDDEN') return { kind: 'permission', text: first?.message || '没有权限进行此操作' }
  if (code === 'UNKNOWN_DOCUMENT') return { kind: 'outdated', text: '页面已更新，请刷新' }
  if (code === 'THROTTLED' || reply.status === 429) return { kind: 'busy', text: tooOften(reply.retryAfter) }
  if (BUSY.has(String(code)) || (reply.status === 503 && !code)) return { kind: 'busy', text: '服务器正忙，请稍后重试' }
  return { kind: 'server', text: first?.message || '服务器出了点问题，请稍后重试' }
}

function tooOften(seconds: number | undefined): string {
  return seconds ? `操作太频繁，请 ${seconds} 秒后再试` : '操作太频繁，请稍后再试'
}

/** Narrows a result union to its refusals: everything that carries a code and a message. */
export function isProblem<T extends { __typename?: string }>(result: T): result is Extract<T, Problem> {
  return 'code' in result && 'message' in result
}
