import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useUrlState } from '@/app/urlState'

async function open(at: string) {
  let state: ReturnType<typeof useUrlState<{ text: string; low: boolean; page: number; size: number }>> | undefined
  const page = defineComponent({
    setup() {
      state = useUrlState({ text: '', low: false, page: 1, size: 20 })
      return () => h('p')
    },
  })
  const routes = [
    { path: '/list', meta: { title: '' }, component: page },
    { path: '/else', meta: { title: '' }, component: { template: '<p />' } },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(at)
  mount(defineComponent({ render: () => h(RouterView) }), { global: { plugins: [router] } })
  await flushPromises()
  if (!state) throw new Error('the page did not open')
  return { router, state }
}

test('the address opens the list as it was left', async () => {
  const { state } = await open('/list?text=苹果&low=1&page=3&size=50')
  expect({ ...state }).toEqual({ text: '苹果', low: true, page: 3, size: 50 })
})

test.each(['page=0', 'page=-2', 'page=1.5', 'page=x', 'page=1e99'])('%s is page one', async (query) => {
  const { state } = await open(`/list?${query}`)
  expect(state.page).toBe(1)
})

test('a filter goes into the address and back to page one; what is usual stays out', async () => {
  const { router, state } = await open('/list?page=3')
  state.text = '花椒'
  await flushPromises()
  expect(state.page).toBe(1)
  expect(router.currentRoute.value.query).toEqual({ text: '花椒' })
  state.page = 2
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ text: '花椒', page: '2' })
  state.text = ''
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({})
})

test('a link to the same list with other filters is followed as it is', async () => {
  const { router, state } = await open('/list?text=a&page=2')
  await router.push('/list?low=1&page=3')
  await flushPromises()
  expect({ ...state }).toEqual({ text: '', low: true, page: 3, size: 20 })
  expect(router.currentRoute.value.query).toEqual({ low: '1', page: '3' })
})

test('leaving the page does not write its filters into the next address', async () => {
  const { router, state } = await open('/list?text=a')
  state.text = 'b'
  await router.push('/else')
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe('/else')
})
