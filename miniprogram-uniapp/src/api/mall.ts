import { platform } from '@/platform'
import { renewal } from '@/session/renewal'
import { TokenStore } from '@/session/token-store'
import { createApi, type Tokens } from './client'
import { createLive } from './live'
import { uniFetch } from './uni-fetch'
import { UniWebSocket } from './uni-websocket'

const url = platform().apiUrl()

export const tokenStore = new TokenStore()

const anonymous = createApi({ url, fetch: uniFetch, tokens: { access: () => null, refresh: async () => false } })

const tokens: Tokens = { access: () => tokenStore.access(), refresh: renewal(anonymous, tokenStore) }

/** The mall's API on behalf of whoever is logged in. */
export const mall = createApi({ url, fetch: uniFetch, tokens })

/** The mall's news. */
export const news = createLive({ url: url.replace(/^http/, 'ws'), tokens, webSocketImpl: UniWebSocket })
