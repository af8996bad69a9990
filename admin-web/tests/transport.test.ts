import { describe, expect, test, vi } from 'vitest'
import { TokenBox } from '@/api/tokens'
import { Transport } from '@/api/transport'
import { mockFetch, type Asked } from './console'

const URL_ = 'http://mall.test/graphql'
const refused = { errors: [{ message: '请先登录', extensions: { code: 'UNAUTHENTICATED' } }], data: null }
const renewed = { __typename: 'StaffSession', accessToken: 'access-2', refreshToken: 'refresh-2', expiresAt: '2999-01-01T00:00:00Z' }

function bench(options: { refresh?: () => unknown; expiresAt?: string } = {}) {
  const box = new TokenBox('test')
  box.save({ access: 'access-1', refresh: 'refresh-1', expiresAt: options.expiresAt ?? '2999-01-01T00:00:00Z' }, true)
  const asked: Asked[] = []
  const onExpired = vi.fn()
  const answers = {
    Ping: (_none: unknown, { token }: Asked) => (token === 'Bearer access-2' ? { ping: true } : refused),
    StaffRefresh: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return { staffRefresh: options.refresh?.() ?? renewed }
    },
  }
  const transport = new Transport({ url: URL_, box, onExpired, fetch: mockFetch(answers, asked) })
  const ping = (): Promise<Response> => transport.fetch(URL_, { method: 'POST', body: JSON.stringify({ id: 'a'.repeat(64), operationName: 'Ping' }) })
  return { box, asked, onExpired, ping }
}

describe('tokens', () => {
  test('five refused requests renew once, and each is answered', async () => {
    const { asked, box, ping } = bench()
    const answers = await Promise.all([ping(), ping(), ping(), ping(), ping()])
    for (const answer of answers) expect(await answer.json()).toEqual({ data: { ping: true } })
    expect(asked.filter(({ name }) => name === 'StaffRefresh')).toHaveLength(1)
    expect(box.current?.refresh).toBe('refresh-2')
  })

  test('a token about to end is renewed before it is used', async () => {
    const { asked, ping } = bench({ expiresAt: new Date(Date.now() + 5_000).toISOString() })
    await ping()
    expect(asked.map(({ name, token }) => [name, token])).toEqual([
      ['StaffRefresh', null],
      ['Ping', 'Bearer access-2'],
    ])
  })

  test('a refused renewal ends the session once', async () => {
    const { box, onExpired, ping } = bench({ refresh: () => ({ __typename: 'Refused', code: 'UNAUTHENTICATED', message: '请重新登录' }) })
    await Promise.all([ping(), ping()])
    expect(box.current).toBeNull()
    expect(onExpired).toHaveBeenCalledTimes(1)
  })

  test('the tokens of another tab are taken over instead of being renewed again', async () => {
    const { asked, box, ping } = bench()
    const first = ping()
    box.replace({ access: 'access-2', refresh: 'refresh-2', expiresAt: '2999-01-01T00:00:00Z' })
    expect(await (await first).json()).toEqual({ data: { ping: true } })
    expect(asked.filter(({ name }) => name === 'StaffRefresh')).toHaveLength(0)
  })
})
