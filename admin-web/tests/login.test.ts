import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { eventually, openConsole, staffOf, type Answers, type Bench } from './console'

const routes = [{ path: '/overview', meta: { title: '概览' }, component: { template: '<p>概览页</p>' } }]
const session = {
  __typename: 'StaffSession',
  accessToken: 'access-9',
  refreshToken: 'refresh-9',
  expiresAt: '2999-01-01T00:00:00Z',
  staff: staffOf('MERCHANT', []),
}
const refusal = { code: 'BAD_CREDENTIALS', message: '账号或密码不对', field: 'password' }

function open(answers: Answers, at = '/login'): Promise<Bench> {
  return openConsole({ kind: 'MERCHANT', routes, answers, at, bare: true })
}

async function fill(wrapper: VueWrapper, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await wrapper.get(`input[name="${name}"]`).setValue(value)
  await wrapper.get('form').trigger('submit')
  await flushPromises()
}

afterEach(() => vi.useRealTimers())

describe('login', () => {
  test('asks for the code only when the server does, then opens the page that was wanted', async () => {
    const { asked, api, router, wrapper } = await open(
      {
        StaffLogin: ({ totp }) => ({
          staffLogin: totp === '123456' ? session : { __typename: 'TotpRequired', code: 'TOTP_REQUIRED', message: '请输入动态码', field: null },
        }),
      },
      '/overview?tab=2',
    )
    expect(router.currentRoute.value.path).toBe('/login')
    expect(wrapper.find('input[name="totp"]').exists()).toBe(false)

    await fill(wrapper, { login: ' demo ', password: 'right' })
    expect(asked.at(-1)?.variables).toEqual({ login: 'demo', password: 'right', totp: null })
    expect(api.box.current).toBeNull()

    await fill(wrapper, { totp: '123456' })
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/overview'))
    expect(asked.at(-1)?.variables).toEqual({ login: 'demo', password: 'right', totp: '123456' })
    expect(api.box.current?.access).toBe('access-9')
    expect(localStorage.length).toBe(0)
  })

  test('shows the refusal and keeps nothing', async () => {
    const { api, wrapper } = await open({ StaffLogin: () => ({ staffLogin: { __typename: 'Refused', ...refusal } }) })
    await fill(wrapper, { login: 'demo', password: 'wrong' })
    expect(wrapper.get('[data-test="problem"]').text()).toContain('账号或密码不对')
    expect(api.box.current).toBeNull()
  })

  test('a locked account says until when and cannot be tried before', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-22T01:00:00Z'), toFake: ['Date', 'setInterval', 'clearInterval'] })
    const locked = { __typename: 'LockedOut', code: 'LOCKED_OUT', message: '账号已锁定', field: null, until: '2026-11-22T01:15:00Z' }
    const { asked, wrapper } = await open({ StaffLogin: () => ({ staffLogin: locked }) })
    await fill(wrapper, { login: 'demo', password: 'wrong' })
    expect(wrapper.get('[data-test="locked"]').text()).toContain('锁定至 09:15（约 15 分钟后可再试）')

    await wrapper.get('form').trigger('submit')
    expect(asked).toHaveLength(1)

    vi.setSystemTime(new Date('2026-11-22T01:15:01Z'))
    vi.advanceTimersByTime(1000)
    await flushPromises()
    expect(wrapper.find('[data-test="locked"]').exists()).toBe(false)
  })

  test('staff of the platform are sent to their own entry', async () => {
    const { api, wrapper } = await open({ StaffLogin: () => ({ staffLogin: { ...session, staff: staffOf('PLATFORM', []) } }) })
    await fill(wrapper, { login: 'demo', password: 'right' })
    expect(wrapper.get('[data-test="problem"]').text()).toContain('请从平台管理后台登录')
    expect(api.box.current).toBeNull()
  })
})
