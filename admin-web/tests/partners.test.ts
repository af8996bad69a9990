import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { MAY } from '@/app/permissions'
import type { PartnerRowFragment } from '@/gql/graphql'
import { platformRoutes } from '@/views/platform/routes'
import { eventually, openConsole, type Answers } from './console'

const SECRET = `ztp_${'a'.repeat(39)}wxyz`

type Key = PartnerRowFragment['keys'][number]

function key(lastFour: string, state: Key['state'] = 'GOOD', lastUsedAt: string | null = null): Key {
  return { id: lastFour, label: '正式环境', lastFour, state, createdAt: '2026-11-01T00:00:00Z', expiresAt: null, revokedAt: null, lastUsedAt }
}

function partner(changes: Partial<PartnerRowFragment> = {}): PartnerRowFragment {
  return { id: 'p1', name: '滇味比价', contact: 'api@example.cn', note: '', pointsPerSecond: 100, burst: 5000, state: 'ACTIVE', createdAt: '2026-11-01T00:00:00Z', version: 3, keys: [], ...changes }
}

function open(stored: PartnerRowFragment[], answers: Answers = {}, permissions: string[] = [MAY.partnersRead, MAY.partnersWrite]) {
  return openConsole({
    kind: 'PLATFORM',
    routes: platformRoutes,
    permissions,
    at: '/partners',
    answers: { PlatformPartners: () => ({ platformPartners: { total: stored.length, items: stored } }), ...answers },
  })
}

function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll<HTMLButtonElement>('button')].filter((each) => each.textContent?.trim() === text)
  const last = found.at(-1)
  if (!last) throw new Error(`no button ${text}`)
  return last
}

async function type(label: string, text: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)
  if (!input) throw new Error(`no input ${label}`)
  input.value = text
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

afterEach(() => {
  document.body.innerHTML = ''
})

test('the list shows budget, good keys and the last use of any key', async () => {
  const keys = [key('good', 'GOOD', null), key('gone', 'REVOKED', '2026-11-20T01:00:00Z')]
  const { wrapper } = await open([partner({ keys }), partner({ id: 'p2', name: '停用的', state: 'STOPPED' })])
  const table = await eventually(() => wrapper.get('[data-test="partners"]'))
  await eventually(() => expect(table.text()).toContain('滇味比价'))
  expect(table.text()).toContain('100 / 秒')
  expect(table.text()).toContain('…good')
  expect(table.text()).not.toContain('…gone')
  expect(table.text()).toContain('2026-11-20 09:00')
  expect(table.text()).toContain('已停用')
})

test('who may only read sees no way to change', async () => {
  const { wrapper } = await open([partner()], {}, [MAY.partnersRead])
  await eventually(() => expect(wrapper.text()).toContain('滇味比价'))
  expect(wrapper.find('[data-test="new-partner"]').exists()).toBe(false)
  expect(wrapper.text()).not.toContain('停用')
})

test('an empty list says so, a failed one offers to try again', async () => {
  const { wrapper } = await open([])
  await eventually(() => expect(wrapper.text()).toContain('还没有合作伙伴'))
  let fails = true
  const broken = await open([], { PlatformPartners: () => (fails ? { errors: [{ message: '系统开小差了', extensions: { code: 'INTERNAL_SERVER_ERROR' } }], data: null } : { platformPartners: { total: 1, items: [partner()] } }) })
  await eventually(() => broken.wrapper.get('[data-test="failure"]'))
  fails = false
  await broken.wrapper.get('[data-test="failure"] button').trigger('click')
  await eventually(() => expect(broken.wrapper.text()).toContain('滇味比价'))
})

test('a new key is shown once, can be copied, and is gone when the dialog closes', async () => {
  const written = vi.fn().mockResolvedValue(undefined)
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: written } })
  const stored = [partner()]
  const { asked, wrapper } = await open(stored, {
    PlatformIssuePartnerKey: () => {
      stored[0] = partner({ keys: [key('wxyz')] })
      return { platformIssuePartnerKey: { __typename: 'IssuedPartnerKey', secret: SECRET, partner: stored[0] } }
    },
  })
  await eventually(() => expect(wrapper.text()).toContain('滇味比价'))
  button('密钥').click()
  await eventually(() => expect(document.body.textContent).toContain('还没有密钥'))
  button('签发密钥').click()
  await eventually(() => document.querySelector('input[aria-label="用途"]') ?? Promise.reject(new Error('not yet')))
  await type('用途', ' 正式环境 ')
  button('签发').click()
  await eventually(() => expect(document.querySelector('[data-test="secret"]')?.textContent).toBe(SECRET))
  expect(document.body.textContent).toContain('密钥只显示这一次')
  const sent = asked.find(({ name }) => name === 'PlatformIssuePartnerKey')?.variables
  expect(sent).toMatchObject({ partnerId: 'p1', label: '正式环境' })
  button('复制').click()
  await eventually(() => expect(written).toHaveBeenCalledWith(SECRET))
  button('我已保存').click()
  await eventually(() => expect(document.body.textContent).toContain('关闭后无法再次查看'))
  button('已保存，关闭').click()
  await eventually(() => expect(document.body.innerHTML).not.toContain(SECRET))
  await eventually(() => expect(document.querySelector('[data-test="partner-keys"]')?.textContent).toContain('ztp_…wxyz'))
  vi.unstubAllGlobals()
})

test('with two good keys no third is offered', async () => {
  const { wrapper } = await open([partner({ keys: [key('aaaa'), key('bbbb'), key('cccc', 'REVOKED')] })])
  await eventually(() => expect(wrapper.text()).toContain('滇味比价'))
  button('密钥').click()
  await eventually(() => expect(document.body.textContent).toContain('最多同时有两个有效密钥'))
  expect(document.querySelector<HTMLButtonElement>('[data-test="issue-key"]')?.disabled).toBe(true)
})

test('revoking and stopping ask first', async () => {
  const { asked, wrapper } = await open([partner({ keys: [key('aaaa')] })], {
    PlatformRevokePartnerKey: () => ({ platformRevokePartnerKey: { __typename: 'Partner', ...partner() } }),
    PlatformStopPartner: () => ({ platformStopPartner: { __typename: 'Refused', code: 'WRONG_STATE', message: '合作伙伴已停用', field: null } }),
  })
  await eventually(() => expect(wrapper.text()).toContain('滇味比价'))
  button('停用').click()
  await eventually(() => expect(document.body.textContent).toContain('停用后它的所有密钥立即失效'))
  expect(asked.some(({ name }) => name === 'PlatformStopPartner')).toBe(false)
  button('停用').click()
  await eventually(() => expect(document.body.textContent).toContain('合作伙伴已停用'))
  button('密钥').click()
  await eventually(() => expect(document.body.textContent).toContain('ztp_…aaaa'))
  button('吊销').click()
  await eventually(() => expect(document.body.textContent).toContain('且不能恢复'))
  expect(asked.some(({ name }) => name === 'PlatformRevokePartnerKey')).toBe(false)
  button('吊销').click()
  await eventually(() => expect(asked.find(({ name }) => name === 'PlatformRevokePartnerKey')?.variables).toEqual({ id: 'aaaa' }))
})

test('a refused change stays in the form, beside the field it is about', async () => {
  const { asked, wrapper } = await open([partner()], {
    PlatformSavePartner: () => ({ platformSavePartner: { __typename: 'Refused', code: 'CONFLICT', message: '已有同名的合作伙伴', field: 'name' } }),
  })
  await eventually(() => expect(wrapper.text()).toContain('滇味比价'))
  button('编辑').click()
  await eventually(() => expect(document.querySelector<HTMLInputElement>('.el-dialog input[aria-label="合作伙伴名称"]')?.value).toBe('滇味比价'))
  button('保存').click()
  await eventually(() => expect(document.querySelector('.el-form-item__error')?.textContent).toContain('已有同名的合作伙伴'))
  expect(asked.find(({ name }) => name === 'PlatformSavePartner')?.variables).toMatchObject({ id: 'p1', input: { version: 3, burst: 5000 } })
})
