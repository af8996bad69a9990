import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import type { CaseWholeFragment } from '@/gql/graphql'
import { merchantRoutes } from '@/views/merchant/routes'
import { platformRoutes } from '@/views/platform/routes'
import { timeLeft } from '@/views/aftersales/words'
import { eventually, openConsole, type Answers } from './console'

function claim(changes: Partial<CaseWholeFragment> = {}): CaseWholeFragment {
  return {
    id: 'c1', number: 'A2611290000000017', orderId: 'o1', kind: 'DAMAGED', state: 'APPLIED', reason: 'DAMAGED', quantity: 1, amount: 599, freight: 45,
    deadlineAt: '2026-12-01T00:00:00Z', createdAt: '2026-11-29T00:00:00Z', line: { id: 'l1', title: '昭通红富士苹果', skuName: '5kg', image: null },
    refusedFor: null, piecesDamaged: 3, piecesReceived: 20, worth: 3990, beforeShipping: false, restocked: null, returnCarrier: null, returnNumber: null,
    replacementCarrier: null, replacementNumber: null, returnedAt: null, version: 1, acts: ['SPEAK', 'AGREE', 'REJECT'],
    order: { id: 'o1', number: 'S2611290000000017', state: 'SHIPPED', buyerName: '昭阳小杨', total: 4590, freight: 600 },
    messages: [{ at: '2026-11-29T00:00:00Z', text: '收到时坏了三个', state: 'APPLIED', actor: 'MEMBER', pictures: [{ url: '/evidence/aa?until=1&sign=b' }] }],
    ...changes,
  }
}

const accepted = { __typename: 'AfterSale' as const, ...claim({ state: 'REFUNDING', acts: [] }) }

function desk(found: CaseWholeFragment[], answers: Answers = {}) {
  return openConsole({
    kind: 'MERCHANT', routes: merchantRoutes, permissions: [MAY.shopAfterSales], at: '/after-sales', bare: true,
    answers: {
      MerchantAfterSales: () => ({ merchantAfterSales: { total: found.length, items: found }, merchantAfterSaleCounts: [{ desk: 'TO_ANSWER', count: found.length }] }),
      MerchantAfterSale: () => ({ merchantAfterSale: found[0] }),
      Carriers: () => ({ carriers: [{ code: 'SF', name: '顺丰速运' }] }),
      ...answers,
    },
  })
}

function arbitration(found: CaseWholeFragment, answers: Answers = {}) {
  return openConsole({
    kind: 'PLATFORM', routes: platformRoutes, permissions: [MAY.afterSales], at: '/after-sales', bare: true,
    answers: {
      PlatformAfterSales: () => ({ platformAfterSales: { total: 1, items: [found] }, platformAfterSaleCounts: [{ desk: 'ARBITRATION', count: 1 }] }),
      PlatformAfterSale: () => ({ platformAfterSale: found }),
      ...answers,
    },
  })
}

/** Opens the first case of the list, and answers its drawer. */
async function openFirst(): Promise<HTMLElement> {
  const open = await eventually(() => button('A2611290000000017'))
  open.click()
  return eventually(() => {
    const drawer = document.querySelector<HTMLElement>('.el-drawer')
    if (!drawer?.textContent?.includes('收到时坏了三个')) throw new Error('not open')
    return drawer
  })
}

function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll<HTMLButtonElement>('button')].filter((each) => each.textContent?.trim() === text).at(-1)
  if (!found) throw new Error(`no button ${text}`)
  return found
}

function marked(name: string): HTMLButtonElement {
  const found = document.querySelector<HTMLButtonElement>(`[data-test="${name}"]`)
  if (!found) throw new Error(`nothing marked ${name}`)
  return found
}

/** Says yes to the question that is asked first. */
async function sure(answer: string): Promise<void> {
  await eventually(() => {
    const yes = [...document.querySelectorAll<HTMLButtonElement>('.el-message-box button')].find((each) => each.textContent?.trim() === answer)
    if (!yes) throw new Error('not asked')
    yes.click()
  })
}

async function type(label: string, text: string): Promise<void> {
  const area = document.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${label}"]`)
  if (!area) throw new Error(`no field ${label}`)
  area.value = text
  area.dispatchEvent(new Event('input'))
  await flushPromises()
}

afterEach(() => {
  document.body.innerHTML = ''
})

test('a shop sees what is claimed with its pictures, and agrees once, after being asked', async () => {
  const { asked, wrapper } = await desk([claim()], { AgreeAfterSale: () => ({ merchantAgreeAfterSale: accepted }) })
  await eventually(() => expect(wrapper.text()).toContain('待处理 1'))
  const drawer = await openFirst()
  expect(drawer.querySelector('img')?.getAttribute('src') ?? '').toContain('/evidence/aa')
  marked('agree').click()
  await sure('同意')
  expect(document.body.textContent).toContain('款项立即原路退给买家')
  await eventually(() => expect(asked.filter(({ name }) => name === 'AgreeAfterSale')).toHaveLength(1))
  expect(asked.find(({ name }) => name === 'AgreeAfterSale')?.variables).toEqual({ id: 'c1', restock: false })
})

test('refusing needs a reason of the list and words', async () => {
  await desk([claim()])
  await openFirst()
  expect(marked('reject').disabled).toBe(true)
  await type('说明', '照片看不清楚')
  expect(marked('reject').disabled).toBe(true)
})

test('nothing waiting is said so, and a failed list offers to try again', async () => {
  const { wrapper } = await desk([])
  await eventually(() => expect(wrapper.find('.el-empty, .el-table__empty-text').exists()).toBe(true))
  const broken = await desk([], { MerchantAfterSales: () => ({ errors: [{ message: '系统开小差了', extensions: { code: 'INTERNAL_SERVER_ERROR' } }], data: null }) })
  await eventually(() => broken.wrapper.get('[data-test="failure"]'))
})

test('the platform decides with words, and what is refused is told', async () => {
  const found = claim({ state: 'ESCALATED', acts: ['SPEAK', 'DECIDE'] })
  const { asked } = await arbitration(found, {
    DecideAfterSale: () => ({ platformDecideAfterSale: { __typename: 'Refused', code: 'WRONG_STATE', message: '只有平台介入中的售后单可以裁决', field: null } }),
  })
  await openFirst()
  expect(marked('decide').disabled).toBe(true)
  await type('裁决理由', '照片清楚，应当赔付')
  marked('decide').click()
  await sure('裁决')
  await eventually(() => expect(document.body.textContent).toContain('只有平台介入中的售后单可以裁决'))
  expect(asked.find(({ name }) => name === 'DecideAfterSale')?.variables).toEqual({ id: 'c1', decision: 'REFUND', text: '照片清楚，应当赔付', amount: null, restock: false })
})

test('time left is told in days, hours or minutes', () => {
  const now = Date.parse('2026-11-29T00:00:00Z')
  expect(timeLeft('2026-11-30T03:00:00Z', now)).toBe('1 天 3 小时')
  expect(timeLeft('2026-11-29T00:25:00Z', now)).toBe('25 分钟')
  expect(timeLeft('2026-11-28T00:00:00Z', now)).toBe('0 分钟')
  expect(timeLeft(null, now)).toBe('')
})
