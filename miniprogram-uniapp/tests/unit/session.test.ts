import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Api } from '@/api/client'
import { Failure } from '@/api/failure'
import { renewal } from '@/session/renewal'
import { TokenStore } from '@/session/token-store'

const storage = new Map<string, unknown>()

beforeEach(() => {
  storage.clear()
  vi.stubGlobal('uni', {
    getStorageSync: (name: string) => storage.get(name) ?? '',
    setStorageSync: (name: string, value: unknown) => void storage.set(name, value),
    removeStorageSync: (name: string) => void storage.delete(name),
  })
})
afterEach(() => vi.unstubAllGlobals())

function anonymous(mutate: () => Promise<unknown>): Api {
  return { query: vi.fn(), whisper: vi.fn(), mutate: vi.fn(mutate) as Api['mutate'] }
}

const session = {
  __typename: 'Session',
  accessToken: 'access-2',
  refreshToken: 'refresh-2',
  expiresAt: '2026-11-23T00:00:00Z',
}

describe('tokens', () => {
  it('survive a launch, and a damaged note counts as none', () => {
    new TokenStore().keep({ accessToken: 'a', refreshToken: 'r' })
    expect(new TokenStore().access()).toBe('a')
    storage.set('mall.session', { accessToken: 'a' })
    expect(new TokenStore().access()).toBeNull()
    storage.set('mall.session', 'nonsense')
    expect(new TokenStore().refreshToken()).toBeNull()
  })
})

describe('renewal', () => {
  it('exchanges the refresh token once for all who ask', async () => {
    const tokens = new TokenStore()
    tokens.keep({ accessToken: 'access-1', refreshToken: 'refresh-1' })
    const api = anonymous(async () => ({ refreshSession: session }))
    const renew = renewal(api, tokens)
    expect(await Promise.all([renew(), renew(), renew()])).toEqual([true, true, true])
    expect(api.mutate).toHaveBeenCalledTimes(1)
    expect([tokens.access(), tokens.refreshToken()]).toEqual(['access-2', 'refresh-2'])
  })

  it('forgets the tokens when they are refused, and tells', async () => {
    const tokens = new TokenStore()
    tokens.keep({ accessToken: 'access-1', refreshToken: 'refresh-1' })
    const told = vi.fn()
    tokens.onForget(told)
    const renew = renewal(
      anonymous(async () => ({
        refreshSession: { __typename: 'Refused', code: 'UNAUTHENTICATED', message: '请重新登录' },
      })),
      tokens,
    )
    expect(await renew()).toBe(false)
    expect(tokens.access()).toBeNull()
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('keeps the tokens when only the network failed', async () => {
    const tokens = new TokenStore()
    tokens.keep({ accessToken: 'access-1', refreshToken: 'refresh-1' })
    const renew = renewal(
      anonymous(async () => Promise.reject(new Failure('network'))),
      tokens,
    )
    await expect(renew()).rejects.toMatchObject({ kind: 'network' })
    expect(tokens.refreshToken()).toBe('refresh-1')
  })

  it('has nothing to exchange for a stranger', async () => {
    const api = anonymous(async () => ({ refreshSession: session }))
    expect(await renewal(api, new TokenStore())()).toBe(false)
    expect(api.mutate).not.toHaveBeenCalled()
  })
})
