import type { Api } from '@/api/client'
import { singleFlight } from '@/api/single-flight'
import { RefreshSessionDocument } from '@/gql/graphql'
import type { TokenStore } from './token-store'

/**
 * Exchanges the refresh token; false when the member has to log in again. A network failure is thrown and keeps the tokens: being
 * in a tunnel is no reason to be logged out. HTTP and WebSocket share one flight, because a refresh token is good for one use.
 */
export function renewal(anonymous: Api, tokens: TokenStore): () => Promise<boolean> {
  return singleFlight(async () => {
    const refreshToken = tokens.refreshToken()
    if (refreshToken === null) return false
    const { refreshSession } = await anonymous.mutate(RefreshSessionDocument, { refreshToken })
    if (refreshSession.__typename === 'Session') {
      tokens.keep(refreshSession)
      return true
    }
    tokens.forget()
    return false
  })
}
