import type { CombinedError } from '@urql/core'

/** Why an operation gave no data, in words for the user. */
export interface Failure {
  kind: 'network' | 'session' | 'permission' | 'server'
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

export function failureOf(error: CombinedError): Failure {
  if (error.networkError) return { kind: 'network', text: '连接不上服务器，请检查网络后重试' }
  const first = error.graphQLErrors[0]
  const code = first?.extensions['code']
  if (code === 'UNAUTHENTICATED') return { kind: 'session', text: '登录已失效，请重新登录' }
  if (code === 'FORBIDDEN') return { kind: 'permission', text: first?.message || '没有权限进行此操作' }
  return { kind: 'server', text: first?.message || '服务器出了点问题，请稍后重试' }
}

/** Narrows a result union to its refusals: everything that carries a code and a message. */
export function isProblem<T extends { __typename?: string }>(result: T): result is Extract<T, Problem> {
  return 'code' in result && 'message' in result
}
