import { expect, test, vi } from 'vitest'
import { MAY } from '@/app/permissions'
import type { PlatformTrafficQuery } from '@/gql/graphql'
import { figureText, figureWord, groupsOf, hitShare, milliseconds, share } from '@/views/platform/figures'
import { platformRoutes } from '@/views/platform/routes'
import { eventually, openConsole, type Answers } from './console'

// Charts need a canvas; the figures they are given are tested as text.
vi.mock('vue-echarts', () => ({ default: { render: () => null } }))

type Traffic = PlatformTrafficQuery['platformTraffic']

function traffic(changes: Partial<Traffic> = {}): Traffic {
  return {
    processes: 3,
    complete: true,
    since: '2026-11-22T00:00:00Z',
    ran: 1000,
    compiled: 900,
    operations: [{ name: 'Home', count: 640, compiled: 640, p50Ms: 3.4, p95Ms: 812 }],
    left: [{ operation: 'Odd', reason: 'a directive', count: 100 }],
    refused: [{ code: 'THROTTLED', count: 12 }],
    moments: [{ at: '2026-11-22T01:00:00Z', answered: 300, refused: 3 }],
    figures: [
      { name: 'responses.memory', value: 75 },
      { name: 'responses.run', value: 25 },
      { name: 'rooms.browse.running', value: 4 },
      { name: 'sockets.open', value: 1234 },
    ],
    ...changes,
  }
}

const open = (answers: Answers, permissions: string[] = [MAY.jobsRead, MAY.explore], at = '/traffic') =>
  openConsole({ kind: 'PLATFORM', routes: platformRoutes, permissions, at, bare: true, answers })
const text = (): string => document.body.textContent ?? ''

test('shows what runs, what is refused and why, and what waits', async () => {
  await open({ PlatformTraffic: () => ({ platformTraffic: traffic() }) })
  await eventually(() => expect(text()).toContain('Home'))
  for (const words of ['10.1 次/秒', '90.0%', '75.0%', '1,234', '3 个进程', '请求太频繁', 'a directive', '812 毫秒', '浏览 · 正在执行'])
    expect(text(), words).toContain(words)
  expect(document.querySelector('[data-test="operations"] .alarm')?.textContent).toBe('812 毫秒')
})

test('says so where only one process could be asked, and where nothing has happened yet', async () => {
  const quiet = traffic({ complete: false, processes: 1, ran: 0, compiled: 0, operations: [], left: [], refused: [], moments: [], figures: [] })
  await open({ PlatformTraffic: () => ({ platformTraffic: quiet }) })
  await eventually(() => expect(text()).toContain('Valkey 暂时不可用'))
  for (const words of ['没有被拒绝的请求', '所有操作都按编译计划执行', '近 20 分钟没有请求', '半分钟后有第一个数']) expect(text()).toContain(words)
})

test('looks again by itself', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { asked, wrapper } = await open({ PlatformTraffic: () => ({ platformTraffic: traffic() }) })
  await eventually(() => expect(asked).toHaveLength(1))
  vi.advanceTimersByTime(5_000)
  await eventually(() => expect(asked).toHaveLength(2))
  wrapper.unmount()
  vi.advanceTimersByTime(20_000)
  expect(asked).toHaveLength(2)
  vi.useRealTimers()
})

test('a failure offers to try again', async () => {
  let down = true
  await open({ PlatformTraffic: () => (down ? { errors: [{ message: '服务暂时不可用' }], data: null } : { platformTraffic: traffic() }) })
  await eventually(() => expect(text()).toContain('服务暂时不可用'))
  down = false
  document.querySelector<HTMLButtonElement>('[data-test="failure"] button')?.click()
  await eventually(() => expect(text()).toContain('Home'))
})

test('the explorer is not offered where it is off, nor to whom may not use it', async () => {
  await open({ PlatformExplorer: () => ({ platformExplorer: false }) }, [MAY.explore], '/explorer')
  await eventually(() => expect(text()).toContain('本环境没有开启接口调试'))
  expect(document.querySelector('[data-test="explorer"]')).toBeNull()
  const { router } = await open({}, [MAY.jobsRead], '/explorer')
  expect(router.currentRoute.value.path).toBe('/forbidden')
})

test('figures are told in words, in the unit people read', () => {
  expect(figureWord('responses.refused')).toBe('含错误，不缓存')
  expect(figureWord('rooms.export.waiting')).toBe('导出 · 正在排队')
  expect(figureWord('new.part')).toBe('part')
  expect(groupsOf([{ name: 'new.part', value: 1 }, { name: 'sockets.open', value: 2 }]).map(({ title }) => title)).toEqual(['长连接', 'new'])
  expect(figureText({ name: 'responses.bytes', value: 3 * 1024 * 1024 })).toBe('3.0 MB')
  expect(figureText({ name: 'responses.bytes', value: 0 })).toBe('0 B')
  expect(hitShare([])).toBeNull()
  expect([share(1, 0), share(1, 3), milliseconds(0.44), milliseconds(44.4)]).toEqual(['—', '33.3%', '0.4 毫秒', '44 毫秒'])
})
