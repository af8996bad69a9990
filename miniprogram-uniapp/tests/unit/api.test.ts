import { gql } from '@urql/core'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { describe, expect, it, vi } from 'vitest'
import { createApi, type Tokens } from '@/api/client'
import { Failure } from '@/api/failure'
import { singleFlight } from '@/api/single-flight'

const ME: TypedDocumentNode<{ me: string }, Record<string, never>> = gql`
  query Me {
    me
  }
`
const BUY: TypedDocumentNode<{ buy: string }, Record<string, never>> = gql`
  mutation Buy {
    buy
  }
`

const reply = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const refused = (code: string, message: string) => reply({ data: null, errors: [{ message, extensions: { code } }] })

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
