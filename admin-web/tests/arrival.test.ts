import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { OrderRowFragment } from '@/gql/graphql'
import { merchantRoutes } from '@/views/merchant/routes'
import { eventually, openConsole } from './console'
import { FakeSocket } from './socket'

function order(id: string): OrderRowFragment {
  return {
    id,
    number: `ZT20261122${id}`,
    state: 'AWAITING_SHIPMENT',
    total: 3990,
    buyerName: '王**',
    remark: '',
    createdAt: '2026-11-22T01:00:00Z',
    paidAt: '2026-11-22T01:00:05Z',
    lines: [{ id: `${id}-1`, title: '昭通苹果', skuName: '5 斤装', quantity: 1, toShip: 1, image: null }],
  }
}

const permissions = [MAY.shopOverview, MAY.shopOrdersRead, MAY.shopOrdersShip, MAY.shopProductsRead]

function open(stored: OrderRowFragment[], at: string) {
  return openConsole({
    kind: 'MERCHANT',
    routes: merchantRoutes,
    permissions,
    at,
    webSocketImpl: FakeSocket,
    answers: {
      MerchantOrders: () => ({ merchantOrders: { total: stored.length, items: stored } }),
      MerchantStock: () => ({ merchantStock: { total: 0, items: [] } }),
      Carriers: () => ({ carriers: [] }),
    },
  })
}

afterEach(() => FakeSocket.reset())

test('a paid order appears live: notice, highlighted row, no second notice for a redelivery', async () => {
  const stored = [order('0001')]
  const { wrapper } = await open(stored, '/orders')
  await eventually(() => expect(wrapper.text()).toContain('ZT202611220001'))
  const socket = await FakeSocket.opened()
  expect(socket.parameters).toEqual({ authorization: 'Bearer access-1' })

  stored.unshift(order('0002'))
  socket.sendNext('MerchantOrderArrived', { merchantOrderArrived: order('0002') })
  socket.sendNext('MerchantOrderArrived', { merchantOrderArrived: order('0002') })
  await eventually(() => expect(wrapper.get('.row-arrived').text()).toContain('ZT202611220002'))
  expect(document.querySelectorAll('.el-notification')).toHaveLength(1)
  expect(document.querySelector('.el-notification')?.textContent).toContain('新订单 ¥39.90')
  expect(wrapper.findAll('[data-test="orders"] .row-arrived')).toHaveLength(1)
})

test('elsewhere the menu counts what came in until the orders are opened', async () => {
  const { router, wrapper } = await open([], '/stock')
  const socket = await FakeSocket.opened()
  socket.sendNext('MerchantOrderArrived', { merchantOrderArrived: order('0003') })
  socket.sendNext('MerchantOrderArrived', { merchantOrderArrived: order('0004') })
  await eventually(() => expect(wrapper.get('[data-test="arrival-badge"]').text()).toBe('2'))
  await router.push('/orders')
  await flushPromises()
  expect(wrapper.find('[data-test="arrival-badge"]').exists()).toBe(false)
})

test('after a lost connection the list is read again', async () => {
  const stored = [order('0001')]
  const { asked, wrapper } = await open(stored, '/orders')
  const socket = await FakeSocket.opened()
  await eventually(() => expect(wrapper.get('[data-test="live-mark"]').text()).toBe('实时接单中'))

  stored.unshift(order('0005'))
  const before = asked.filter(({ name }) => name === 'MerchantOrders').length
  socket.drop()
  await eventually(() => expect(wrapper.get('[data-test="live-mark"]').text()).toContain('正在重连'))
  await FakeSocket.opened()
  await eventually(() => expect(wrapper.text()).toContain('ZT202611220005'))
  expect(asked.filter(({ name }) => name === 'MerchantOrders').length).toBeGreaterThan(before)
})

test('a stream ended for its token is asked again with a renewed one', async () => {
  const bench = await openConsole({
    kind: 'MERCHANT',
    routes: merchantRoutes,
    permissions,
    at: '/stock',
    webSocketImpl: FakeSocket,
    answers: {
      MerchantStock: () => ({ merchantStock: { total: 0, items: [] } }),
      StaffRefresh: () => ({ staffRefresh: { __typename: 'StaffSession', accessToken: 'access-2', refreshToken: 'refresh-2', expiresAt: '2999-01-01T00:00:00Z' } }),
    },
  })
  const socket = await FakeSocket.opened()
  socket.sendError('MerchantOrderArrived', '请先登录', 'UNAUTHENTICATED')
  const next = await FakeSocket.opened()
  expect(next.parameters).toEqual({ authorization: 'Bearer access-2' })
  next.sendNext('MerchantOrderArrived', { merchantOrderArrived: order('0006') })
  await eventually(() => expect(bench.wrapper.get('[data-test="arrival-badge"]').text()).toBe('1'))
})
