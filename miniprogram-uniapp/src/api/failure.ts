import type { CombinedError } from '@urql/core'

/** Why a request did not bring data: `network` (nothing was answered), `unauthenticated`, `server` (an answer that is an error). */
export type FailureKind = 'network' | 'unauthenticated' | 'server'

const SENTENCES: Record<FailureKind, string> = {
  network: '网络不太顺畅，请检查网络后重试',
  unauthenticated: '登录已过期，请重新登录',
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

/** Codes whose message speaks to a programmer, with what a buyer reads instead. */
const TECHNICAL: Record<string, string> = { BAD_USER_INPUT: '链接不正确，或内容已不存在' }

function codeOf(error: CombinedError): string | undefined {
  const code = error.graphQLErrors[0]?.extensions?.code
  return typeof code === 'string' ? code : undefined
}

/** Translates urql's error; a coded refusal of the server keeps its own sentence, a masked error gets ours. */
export function failureOf(error: CombinedError): Failure {
  const status = (error.response as { status?: number } | undefined)?.status
  const code = codeOf(error)
  if (code === 'UNAUTHENTICATED' || status === 401) return new Failure('unauthenticated', undefined, code)
  if (error.networkError && !status) return new Failure('network')
  const sentence = code ? (TECHNICAL[code] ?? error.graphQLErrors[0]?.message) : undefined
  return new Failure('server', sentence, code)
}

/** The sentence to show for anything caught. */
export function sentenceOf(caught: unknown): string {
  return caught instanceof Failure ? caught.message : SENTENCES.server
}
