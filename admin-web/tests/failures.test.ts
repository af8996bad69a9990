import { expect, test, vi } from 'vitest'
import { MAY } from '@/app/permissions'
import { platformRoutes } from '@/views/platform/routes'
import { eventually, openConsole, type Answers } from './console'

function refused(code: string, status: number, retryAfter?: string): Response {
  const body = JSON.stringify({ errors: [{ message: 'x', extensions: { code } }] })
  return new Response(body, { status, headers: { 'content-type': 'application/json', ...(retryAfter ? { 'retry-after': retryAfter } : {}) } })
}

function openJobs(answers: Answers) {
  return openConsole({ kind: 'PLATFORM', routes: platformRoutes, permissions: [MAY.jobsRead, MAY.jobsWrite], at: '/jobs', bare: true, answers })
}

const shown = (): string => document.querySelector('[data-test="failure"]')?.textContent ?? ''

test('a page of another release offers to load itself anew', async () => {
  const reload = vi.fn()
  vi.stubGlobal('location', { ...window.location, origin: 'http://mall.test', reload })
  await openJobs({ PlatformDeadJobs: () => refused('UNKNOWN_DOCUMENT', 400) })
  await eventually(() => expect(shown()).toContain('页面已更新，请刷新'))
  document.querySelector<HTMLButtonElement>('[data-test="refresh"]')?.click()
  expect(reload).toHaveBeenCalledTimes(1)
  vi.unstubAllGlobals()
})

test('who asks too often is told for how long to wait, and nothing is repeated', async () => {
  const { asked } = await openJobs({ PlatformDeadJobs: () => refused('THROTTLED', 429, '9') })
  await eventually(() => expect(shown()).toContain('操作太频繁，请 9 秒后再试'))
  expect(asked).toHaveLength(1)
})

test('a full house is asked once more, then said to be full, with a button to try again', async () => {
  let full = true
  const { asked } = await openJobs({ PlatformDeadJobs: () => (full ? refused('BUSY', 503, '1') : { platformDeadJobs: [] }) })
  await eventually(() => expect(shown()).toContain('服务器正忙，请稍后重试'))
  expect(asked).toHaveLength(2)
  full = false
  document.querySelector<HTMLButtonElement>('[data-test="failure"] button')?.click()
  await eventually(() => expect(document.querySelector('[data-test="empty"]')).not.toBeNull())
})

test('what changes something is never sent twice', async () => {
  const job = { id: 'j1', name: 'order.complete', payload: '{}', error: 'x', attempts: 3, failedAt: '2026-11-22T00:00:00Z' }
  const { asked } = await openJobs({ PlatformDeadJobs: () => ({ platformDeadJobs: [job] }), PlatformRequeueJob: () => refused('BUSY', 503, '1') })
  const click = (selector: string): void => document.querySelector<HTMLButtonElement>(selector)?.click()
  await eventually(() => expect(document.querySelector('[data-test="jobs"] .el-button')).not.toBeNull())
  click('[data-test="jobs"] .el-button')
  await eventually(() => expect(document.querySelector('.el-message-box .el-button--primary')).not.toBeNull())
  click('.el-message-box .el-button--primary')
  await eventually(() => expect(document.querySelector('.el-message')?.textContent).toContain('服务器正忙'))
  expect(asked.filter(({ name }) => name === 'PlatformRequeueJob')).toHaveLength(1)
})
