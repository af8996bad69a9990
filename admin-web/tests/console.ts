import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, RouterView, type Router, type RouteRecordRaw } from 'vue-router'
import { createApi, provideApi, type Api } from '@/api/client'
import { ENTRY, type Entry } from '@/app/entry'
import { createConsoleRouter } from '@/app/router'
import { useStaff } from '@/app/staff'
import type { StaffFieldsFragment, StaffKind } from '@/gql/graphql'
import ConsoleApp from '@/layout/ConsoleApp.vue'

/** Waits until `check` throws no more; patient, because machines are busy. */
export function eventually<Value>(check: () => Value): Promise<Value> {
  return vi.waitFor(check, { timeout: 12_000, interval: 20 })
}

/** What the mock server was asked, in order. */
export interface Asked {
  name: string
  variables: Record<string, unknown>
  token: string | null
}

export type Answers = Record<string, (variables: Record<string, unknown>, asked: Asked) => unknown>

export interface Bench {
  api: Api
  asked: Asked[]
  router: Router
  wrapper: VueWrapper
  expired: () => number
}

/** A GraphQL server of plain functions, keyed by operation name; an answer with `errors` is sent as it is, a Response too. */
export function mockFetch(answers: Answers, asked: Asked[]): typeof fetch {
  return async (_input, init) => {
    const body: { id: string; operationName: string; variables?: Record<string, unknown> } = JSON.parse(String(init?.body))
    const name = body.operationName
    if (!/^[0-9a-f]{64}$/.test(body.id) || 'query' in body) throw new TypeError(`${name} was not asked for by its id`)
    const token = new Headers(init?.headers).get('authorization')
    const question = { name, variables: body.variables ?? {}, token }
    asked.push(question)
    const answer = answers[name]
    if (!answer) throw new TypeError(`nobody answers ${name}`)
    const data = await answer(question.variables, question)
    if (data instanceof Response) return data
    const whole = typeof data === 'object' && data !== null && 'errors' in data ? data : { data }
    return new Response(JSON.stringify(whole), { headers: { 'content-type': 'application/json' } })
  }
}

export function staffOf(kind: StaffKind, permissions: string[]): StaffFieldsFragment {
  const merchant = kind === 'MERCHANT' ? { id: 'm1', name: '洒渔果品合作社', state: 'OPEN' as const } : null
  return { id: 's1', login: 'demo', name: '李莲', kind, role: '店长', permissions, totpEnabled: true, merchant }
}

export interface BenchOptions {
  kind: StaffKind
  routes: RouteRecordRaw[]
  answers: Answers
  at: string
  /** Logged in from the start with these permissions. */
  permissions?: string[]
  webSocketImpl?: unknown
  /** Without the frame of the console around the page. */
  bare?: boolean
}

/** The whole console over a mock server, opened at a page. */
export async function openConsole(options: BenchOptions): Promise<Bench> {
  const pinia = createPinia()
  setActivePinia(pinia)
  const asked: Asked[] = []
  let expiries = 0
  const api = createApi({
    entry: options.kind.toLowerCase(),
    origin: 'http://mall.test',
    onExpired: () => (expiries += 1),
    fetch: mockFetch(options.answers, asked),
    webSocketImpl: options.webSocketImpl ?? SilentSocket,
    wait: async () => undefined,
  })
  if (options.permissions) {
    api.box.save({ access: 'access-1', refresh: 'refresh-1', expiresAt: '2999-01-01T00:00:00Z' }, false)
    useStaff().become(staffOf(options.kind, options.permissions))
  }
  const entry: Entry = { kind: options.kind, title: '昭通商城', routes: options.routes }
  const router = createConsoleRouter(entry, api, createMemoryHistory())
  await router.push(options.at)
  const root = options.bare ? defineComponent({ render: () => h(RouterView) }) : ConsoleApp
  const plugin = { install: (app: Parameters<typeof provideApi>[0]) => provideApi(app, api) }
  const wrapper = mount(root, {
    attachTo: document.body,
    global: { plugins: [pinia, router, plugin], provide: { [ENTRY]: entry } },
  })
  // Rejects where the guard opened nothing, which some tests are about.
  await router.isReady().catch(() => undefined)
  await flushPromises()
  return { api, asked, router, wrapper, expired: () => expiries }
}

/** A socket that connects to nobody. */
export class SilentSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readyState = 0
  send(): void {}
  close(): void {}
}
