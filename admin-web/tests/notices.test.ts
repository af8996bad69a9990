import { afterEach, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import { placeOf, toneOf, type Notice } from '@/views/notices/inbox'
import { merchantRoutes } from '@/views/merchant/routes'
import { eventually, openConsole } from './console'
import { FakeSocket } from './socket'

function notice(id: string, kind: Notice['kind'] = 'STOCK_LOW', readBy: string | null = null): Notice {
  return { id, kind, title: '库存不足', text: `第 ${id} 条`, subjectId: 's1', createdAt: '2026-11-30T01:00:00Z', readAt: readBy ? '2026-11-30T02:00:00Z' : null, readBy }
}

function open(stored: Notice[], at: string) {
  return openConsole({
    kind: 'MERCHANT',
    routes: merchantRoutes,
    permissions: [MAY.shopOverview, MAY.shopProductsRead, MAY.shopAfterSales],
    at,
    webSocketImpl: FakeSocket,
    answers: {
      MerchantNotices: ({ unreadOnly }) => {
        const items = unreadOnly ? stored.filter(({ readAt }) => readAt === null) : stored
        return { merchantNotices: { total: items.length, unread: stored.filter(({ readAt }) => readAt === null).length, items } }
      },
      MerchantReadNotices: ({ ids }) => {
        const read = stored.map((each) => (ids === null || (ids as string[]).includes(each.id) ? { ...each, readAt: '2026-11-30T03:00:00Z', readBy: '李莲' } : each))
        stored.splice(0, stored.length, ...read)
        return { merchantReadNotices: { __typename: 'Done' } }
      },
      MerchantStock: () => ({ merchantStock: { total: 0, items: [] } }),
    },
  })
}

afterEach(() => FakeSocket.reset())

test('the bell counts what nobody has read, and rings when something new comes', async () => {
  const stored = [notice('1'), notice('2', 'STOCK_LOW', '王店主')]
  const { wrapper } = await open(stored, '/stock')
  await eventually(() => expect(wrapper.get('[data-test="bell"]').text()).toBe('1'))
  const socket = await FakeSocket.opened()
  stored.unshift(notice('3'))
  socket.sendNext('MerchantNoticeArrived', { merchantNoticeArrived: { id: '3' } })
  await eventually(() => expect(wrapper.get('[data-test="bell"]').text()).toBe('2'))
})

test('a notice that is opened is read, and leads to where something is done about it', async () => {
  const stored = [notice('1'), notice('2', 'STOCK_LOW', '王店主')]
  const { asked, router, wrapper } = await open(stored, '/notices')
  await eventually(() => expect(wrapper.findAll('[data-test="notice"]')).toHaveLength(2))
  expect(wrapper.findAll('.unread')).toHaveLength(1)
  expect(wrapper.text()).toContain('王店主已读')
  await wrapper.get('.unread button').trigger('click')
  await eventually(() => expect(router.currentRoute.value.path).toBe('/stock'))
  expect(asked.find(({ name }) => name === 'MerchantReadNotices')?.variables).toEqual({ ids: ['1'] })
})

test('all are read at once, and the page is empty when only the unread are shown', async () => {
  const { wrapper } = await open([notice('1'), notice('2')], '/notices?unread=1')
  await eventually(() => expect(wrapper.findAll('[data-test="notice"]')).toHaveLength(2))
  await wrapper.get('[data-test="read-all"]').trigger('click')
  await eventually(() => expect(wrapper.text()).toContain('没有未读消息'))
})

test('every kind leads somewhere and has a colour', () => {
  expect(placeOf(notice('1', 'PRODUCT_REJECTED'))).toBe('/products/s1')
  expect(placeOf(notice('1', 'LOT_RECALLED'))).toBe('/lots/s1')
  expect(placeOf({ kind: 'BILL_DIFFERS', subjectId: null })).toBe('/bills')
  expect([toneOf('PAYOUT_FAILED'), toneOf('CHANGE_APPLIED'), toneOf('REVIEW_POOR')]).toEqual(['danger', 'success', 'warning'])
})
