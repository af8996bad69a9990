import { expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import { merchantRoutes } from '@/views/merchant/routes'
import { platformRoutes } from '@/views/platform/routes'
import { openConsole, staffOf } from './console'

const page = { template: '<p>页面</p>' }
const closed = platformRoutes.map((route) => ({ ...route, component: page }) as typeof route)

test('a page without the permission is not opened and not in the menu', async () => {
  const { router, wrapper } = await openConsole({ kind: 'PLATFORM', routes: closed, answers: {}, at: '/overview', permissions: [MAY.overview, MAY.auditRead] })
  const menu = wrapper.findAll('.el-menu-item').map((item) => item.text())
  expect(menu).toEqual(['数据概览', '操作日志'])

  await router.push('/merchants')
  expect(router.currentRoute.value.path).toBe('/forbidden')
  expect(wrapper.get('[data-test="forbidden"]').text()).toContain('商户管理')
  await router.push('/audit')
  expect(router.currentRoute.value.path).toBe('/audit')
})

test('without a session every page leads to the login and back', async () => {
  const { router } = await openConsole({ kind: 'PLATFORM', routes: closed, answers: {}, at: '/audit?text=x', bare: true })
  expect(router.currentRoute.value.path).toBe('/login')
  expect(router.currentRoute.value.query['next']).toBe('/audit?text=x')
})

test('tokens kept from staff of the other kind are dropped', async () => {
  sessionStorage.setItem('zhaotong-console-platform', JSON.stringify({ access: 'a', refresh: 'r', expiresAt: '2999-01-01T00:00:00Z' }))
  const answers = { StaffMe: () => ({ staffMe: staffOf('MERCHANT', [MAY.overview]) }) }
  const { api, router } = await openConsole({ kind: 'PLATFORM', routes: closed, answers, at: '/overview', bare: true })
  expect(router.currentRoute.value.path).toBe('/login')
  expect(api.box.current).toBeNull()
})

test('an access token that ended is renewed before anybody is sent to the login', async () => {
  sessionStorage.setItem('zhaotong-console-platform', JSON.stringify({ access: 'old', refresh: 'r', expiresAt: '2999-01-01T00:00:00Z' }))
  const { router } = await openConsole({
    kind: 'PLATFORM',
    routes: closed,
    at: '/overview',
    answers: {
      StaffMe: (_none, { token }) => ({ staffMe: token === 'Bearer new' ? staffOf('PLATFORM', [MAY.overview]) : null }),
      StaffRefresh: () => ({ staffRefresh: { __typename: 'StaffSession', accessToken: 'new', refreshToken: 'r2', expiresAt: '2999-01-01T00:00:00Z' } }),
    },
  })
  expect(router.currentRoute.value.path).toBe('/overview')
})

test('a server that cannot be reached keeps the session and offers to try again', async () => {
  sessionStorage.setItem('zhaotong-console-platform', JSON.stringify({ access: 'a', refresh: 'r', expiresAt: '2999-01-01T00:00:00Z' }))
  const { api, wrapper } = await openConsole({ kind: 'PLATFORM', routes: closed, answers: {}, at: '/overview' })
  expect(wrapper.get('[data-test="failure"]').text()).toContain('连接不上服务器')
  expect(wrapper.get('button').text()).toBe('重试')
  expect(api.box.current?.access).toBe('a')
})

test('every page of both consoles names the permission it needs', () => {
  const known = new Set<string>(Object.values(MAY))
  for (const route of [...platformRoutes, ...merchantRoutes]) expect(known.has(route.meta?.permission ?? ''), route.path).toBe(true)
})
