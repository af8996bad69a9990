import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, reactive } from 'vue'
import { createApi, type Api } from '@/api/client'
import { keptDraft, useDraft } from '@/views/listings/useDraft'
import { mockFetch, SilentSocket, type Asked } from './console'

/** A server that is away for the first `lost` savings. */
function server(lost: number): { api: Api; asked: Asked[] } {
  const asked: Asked[] = []
  let left = lost
  const answers = mockFetch({ MerchantSaveDraft: () => ({ merchantSaveDraft: { __typename: 'Done', ok: true } }), MerchantDropDraft: () => ({ merchantDropDraft: { __typename: 'Done', ok: true } }) }, asked)
  const send: typeof fetch = async (input, init) => {
    const answer = await answers(input, init)
    if (left-- > 0) throw new TypeError('network')
    return answer
  }
  const api = createApi({ entry: 'merchant', origin: 'http://mall.test', onExpired: () => undefined, fetch: send, webSocketImpl: SilentSocket, wait: async () => undefined })
  return { api, asked }
}

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  await flushPromises()
}

describe('draft', () => {
  test('keys typed quickly are one saving, kept on the phone at once', async () => {
    const { api, asked } = server(0)
    const form = reactive({ title: '' })
    const scope = effectScope()
    const draft = scope.run(() => useDraft(api, form, ({ title }) => title))
    for (const title of ['洒', '洒渔', '洒渔苹果']) {
      form.title = title
      await pass(100)
    }
    expect(keptDraft()?.body).toContain('洒渔苹果')
    expect(asked).toHaveLength(0)
    await pass(1000)
    expect(asked.map(({ variables }) => [variables['revision'], variables['title']])).toEqual([[3, '洒渔苹果']])
    expect(draft?.state.value).toBe('saved')
    scope.stop()
  })

  test('a lost network is shown and the same saving is sent until it arrives', async () => {
    const { api, asked } = server(2)
    const form = reactive({ title: '' })
    const scope = effectScope()
    const draft = scope.run(() => useDraft(api, form, ({ title }) => title))
    form.title = '洒渔苹果'
    await pass(900)
    expect(draft?.state.value).toBe('waiting')
    await pass(60_000)
    expect(draft?.state.value).toBe('saved')
    expect(new Set(asked.map(({ variables }) => `${String(variables['id'])}:${String(variables['revision'])}`)).size).toBe(1)
    expect(asked.length).toBeGreaterThanOrEqual(2)
    scope.stop()
  })

  test('what was listed is forgotten on the phone', async () => {
    const { api } = server(0)
    const form = reactive({ title: '' })
    const scope = effectScope()
    const draft = scope.run(() => useDraft(api, form, ({ title }) => title))
    form.title = '洒渔苹果'
    await pass(900)
    await draft?.drop()
    expect(keptDraft()).toBeNull()
    scope.stop()
  })

  test('nonsense on the phone is no draft', () => {
    localStorage.setItem('listing-draft', '{"id":1}')
    expect(keptDraft()).toBeNull()
    localStorage.setItem('listing-draft', '{')
    expect(keptDraft()).toBeNull()
  })
})
