import { describe, expect, it, vi } from 'vitest'
import { createApi, LONGEST_BUSY_WAIT, type Tokens } from '@/api/client'
import type { Document, Trusted } from '@/api/documents'
import { Failure } from '@/api/failure'
import { singleFlight } from '@/api/single-flight'

function documented<Data>(id: string, name: string, kind: Trusted['kind']): Document<Data, Record<string, unknown>> {
  return { __meta__: { id, name, kind } } as unknown as Document<Data, Record<string, unknown>>
}

const ME = documented<{ me: string }>('aa11', 'Me', 'query')
const BUY = documented<{ buy: string }>('bb22', 'Buy', 'mutation')

const reply = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const refused = (code: string, message: string, status = 200, retryAfter?: string) =>
  new Response(JSON.stringify({ errors: [{ message, extensions: { code } }] }), {
    status,
    headers: { 'content-type': 'application/json', ...(retryAfter ? { 'retry-after': retryAfter } : {}) },
  })

class Wallet implements Tokens {
  token: string | null = 'old'
  refreshes = 0
  good = true

  access() {
    return this.token
  }

  async refresh() {
    this.refreshes++
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (this.good) this.token = 'new'
    return this.good
  }
}

type Answering = (token: string | null) => Response | Promise<Response>

function api(answering: Answering, tokens: Tokens = new Wallet()) {
  const seen: (string | null)[] = []
  const fetch = vi.fn(async (_url: RequestInfo | URL, init?: RequestInit) => {
    const token = new Headers(init?.headers).get('authorization')
    seen.push(token)
    return answering(token)
  })
  const wait = vi.fn(async () => undefined)
  return { seen, wait, fetch, api: createApi({ url: 'https://mall.test/graphql', fetch, tokens, wait }) }
}

const onlyNew: Answering = (token) =>
  token === 'Bearer new' ? reply({ data: { me: '小云' } }) : refused('UNAUTHENTICATED', '请登录')

describe('api', () => {
  it('refreshes an expired token once for all requests that meet it', async () => {
    const wallet = new Wallet()
    const { api: mall } = api(onlyNew, wallet)
    const answers = await Promise.all(Array.from({ length: 6 }, () => mall.query(ME, {})))
    expect(answers.map((answer) => answer.me)).toEqual(Array(6).fill('小云'))
    expect(wallet.refreshes).toBe(1)
  })

  it('does not refresh again for a request that met the old token late', async () => {
    const wallet = new Wallet()
    let release: () => void = () => undefined
    const slow = new Promise<void>((resolve) => (release = resolve))
    let calls = 0
    const { api: mall } = api(async (token) => {
      if (++calls === 1) await slow
      return onlyNew(token)
    }, wallet)
    const first = mall.query(ME, {})
    await mall.query(ME, {})
    release()
    expect((await first).me).toBe('小云')
    expect(wallet.refreshes).toBe(1)
  })

  it('says that a login is needed when the refresh is refused', async () => {
    const wallet = new Wallet()
    wallet.good = false
    const { api: mall, seen } = api(onlyNew, wallet)
    await expect(mall.query(ME, {})).rejects.toMatchObject({
      kind: 'unauthenticated',
      message: '登录已过期，请重新登录',
    })
    expect(seen).toHaveLength(1)
  })

  it('asks a stranger to log in without trying to refresh', async () => {
    const wallet = new Wallet()
    wallet.token = null
    const { api: mall } = api(onlyNew, wallet)
    await expect(mall.query(ME, {})).rejects.toBeInstanceOf(Failure)
    expect(wallet.refreshes).toBe(0)
  })

  it('answers an equal question asked later with a later answer', async () => {
    let calls = 0
    const { api: mall } = api(async () => {
      const mine = ++calls
      await new Promise((resolve) => setTimeout(resolve, mine === 1 ? 20 : 1))
      return reply({ data: { me: `answer ${mine}` } })
    })
    const [early, late] = await Promise.all([mall.query(ME, {}), mall.query(ME, {})])
    expect([early.me, late.me]).toEqual(['answer 1', 'answer 2'])
  })

  it('repeats a query twice when the network fails, with a pause', async () => {
    let calls = 0
    const { api: mall, wait } = api(() => {
      if (++calls < 3) throw new TypeError('failed to fetch')
      return reply({ data: { me: '小云' } })
    })
    expect((await mall.query(ME, {})).me).toBe('小云')
    expect(wait.mock.calls).toEqual([[300], [900]])
  })

  it('never repeats a mutation, because the first one may have arrived', async () => {
    const { api: mall, fetch } = api(() => {
      throw new TypeError('failed to fetch')
    })
    await expect(mall.mutate(BUY, {})).rejects.toMatchObject({ kind: 'network' })
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('keeps the sentence of a coded refusal and hides that of a masked error', async () => {
    await expect(api(() => refused('TOO_DEEP', '查询太复杂')).api.query(ME, {})).rejects.toMatchObject({
      kind: 'server',
      code: 'TOO_DEEP',
      message: '查询太复杂',
    })
    await expect(
      api(() => refused('BAD_USER_INPUT', "Variable '$id' is wrong")).api.query(ME, {}),
    ).rejects.toMatchObject({ message: '链接不正确，或内容已不存在' })
    await expect(
      api(() => reply({ errors: [{ message: 'Unexpected error.' }] })).api.query(ME, {}),
    ).rejects.toMatchObject({ kind: 'server', message: '服务暂时繁忙，请稍后再试' })
    await expect(api(() => new Response('bad gateway', { status: 502 })).api.query(ME, {})).rejects.toMatchObject({
      kind: 'server',
    })
  })
})

describe('documents', () => {
  const asked = (fetch: ReturnType<typeof api>['fetch'], turn = 0) => {
    const [address, init] = fetch.mock.calls[turn] ?? []
    return { address: String(address), init, body: init?.body ? (JSON.parse(String(init.body)) as unknown) : undefined }
  }
  const stranger = () => Object.assign(new Wallet(), { token: null })
  const fine: Answering = () => reply({ data: { me: '小云', buy: 'ok' } })

  it('travel as ids, never as text', async () => {
    const { api: mall, fetch } = api(fine)
    await mall.mutate(BUY, { sku: '1' })
    expect(asked(fetch)).toMatchObject({
      address: 'https://mall.test/graphql',
      body: { id: 'bb22', operationName: 'Buy', variables: { sku: '1' } },
    })
    expect(String(asked(fetch).init?.body)).not.toContain('"query"')
  })

  it('are asked for by GET where nobody is signed in, with the header that says who we are', async () => {
    const { api: mall, fetch } = api(fine, stranger())
    await mall.query(ME, { query: '苹果 & 梨', after: null })
    const { address, init } = asked(fetch)
    const params = new URL(address).searchParams
    expect([params.get('id'), params.get('operationName')]).toEqual(['aa11', 'Me'])
    expect(JSON.parse(params.get('variables') ?? '')).toEqual({ query: '苹果 & 梨', after: null })
    expect(init?.method).toBe('GET')
    expect(new Headers(init?.headers).get('x-mall-client')).toBe('miniprogram')
    expect(new Headers(init?.headers).has('authorization')).toBe(false)
  })

  it('are never asked for by GET with a token, nor to change something', async () => {
    const signedIn = api(fine)
    await signedIn.api.query(ME, {})
    expect(asked(signedIn.fetch).init?.method).toBe('POST')
    const anonymous = api(fine, stranger())
    await anonymous.api.mutate(BUY, {})
    expect(asked(anonymous.fetch).init?.method).toBe('POST')
  })

  it('go by POST when nothing of them may stand in an address', async () => {
    const { api: mall, fetch } = api(fine, stranger())
    expect((await mall.whisper(ME, { near: 27.32 })).me).toBe('小云')
    const { address, init } = asked(fetch)
    expect([init?.method, address.includes('27.32')]).toEqual(['POST', false])
  })

  it('go by POST when the address would be too long', async () => {
    const { api: mall, fetch } = api(fine, stranger())
    await mall.query(ME, { words: 'x'.repeat(3000) })
    expect(asked(fetch).init?.method).toBe('POST')
  })

  it('go by POST for good after a server that takes no GET', async () => {
    const { api: mall, fetch } = api(fine, stranger())
    fetch.mockImplementationOnce(async () => refused('METHOD_NOT_ALLOWED', '请使用 POST', 405))
    expect((await mall.query(ME, {})).me).toBe('小云')
    await mall.query(ME, {})
    expect(fetch.mock.calls.map(([, init]) => init?.method)).toEqual(['GET', 'POST', 'POST'])
  })

  it('of another release than the server ask for a refresh of the page', async () => {
    const { api: mall, fetch } = api(() => refused('UNKNOWN_DOCUMENT', '页面版本已更新，请刷新后再试', 400))
    await expect(mall.query(ME, {})).rejects.toMatchObject({ kind: 'outdated', message: '页面已更新，请刷新' })
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

describe('a house that is full', () => {
  it('is asked once more for a query, after the pause it names', async () => {
    let calls = 0
    const { api: mall, wait } = api(() =>
      ++calls === 1 ? refused('BUSY', '忙', 503, '2') : reply({ data: { me: '小云' } }),
    )
    expect((await mall.query(ME, {})).me).toBe('小云')
    expect(wait.mock.calls).toEqual([[2000]])
  })

  it.each(['BUSY', 'DEADLINE'])('is told in friendly words when it stays so: %s', async (code) => {
    const { api: mall, fetch } = api(() => refused(code, 'x', 503, '1'))
    await expect(mall.query(ME, {})).rejects.toMatchObject({ kind: 'busy', message: '现在访问的人有点多，请稍后再试' })
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is not waited for longer than a buyer would', async () => {
    const { api: mall, fetch, wait } = api(() => refused('BUSY', 'x', 503, String(LONGEST_BUSY_WAIT / 1000 + 1)))
    await expect(mall.query(ME, {})).rejects.toMatchObject({ kind: 'busy' })
    expect([fetch.mock.calls.length, wait.mock.calls.length]).toEqual([1, 0])
  })

  it('is never asked twice to change something', async () => {
    const { api: mall, fetch } = api(() => refused('BUSY', 'x', 503, '1'))
    await expect(mall.mutate(BUY, {})).rejects.toMatchObject({ kind: 'busy' })
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('says for how long one has asked too often, and is left alone meanwhile', async () => {
    const { api: mall, fetch } = api(() => refused('THROTTLED', 'x', 429, '7'))
    await expect(mall.query(ME, {})).rejects.toMatchObject({ kind: 'busy', message: '操作太频繁，请 7 秒后再试' })
    expect(fetch).toHaveBeenCalledTimes(1)
    const proxied = api(() => new Response('slow down', { status: 429 }))
    await expect(proxied.api.query(ME, {})).rejects.toMatchObject({ message: '操作太频繁，请稍后再试' })
  })
})

describe('single flight', () => {
  it('shares a failure too, and starts anew afterwards', async () => {
    let calls = 0
    const flight = singleFlight(async () => {
      if (++calls === 1) throw new Error('no')
      return calls
    })
    const both = await Promise.allSettled([flight(), flight()])
    expect(both.map((each) => each.status)).toEqual(['rejected', 'rejected'])
    expect(await flight()).toBe(2)
  })
})
