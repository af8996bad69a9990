import type { Api } from '@/api/client'
import { isProblem } from '@/api/failure'
import { askReason, confirmed, tellDone, tellProblem } from '@/app/feedback'
import { PlatformMoveProductDocument, type PlatformProductStep, type ProductState } from '@/gql/graphql'

export interface Review {
  step: PlatformProductStep
  text: string
  done: string
  /** A reason the merchant will read is asked for. */
  reason: boolean
  danger: boolean
  explain: string
}

/** What the platform may do with a product in each state. */
export const REVIEWS: Record<ProductState, Review[]> = {
  DRAFT: [],
  IN_REVIEW: [
    { step: 'APPROVE', text: '通过', done: '已通过，商品上架', reason: false, danger: false, explain: '通过后商品立即上架出售。' },
    { step: 'REJECT', text: '驳回', done: '已驳回', reason: true, danger: true, explain: '请填写驳回原因，商户会看到：' },
  ],
  ON_SALE: [{ step: 'FREEZE', text: '冻结', done: '已冻结', reason: true, danger: true, explain: '冻结后商品立即停售，商户不能自行恢复。请填写原因，商户会看到：' }],
  OFF_SALE: [{ step: 'FREEZE', text: '冻结', done: '已冻结', reason: true, danger: true, explain: '冻结后商户不能再上架此商品。请填写原因，商户会看到：' }],
  FROZEN: [{ step: 'UNFREEZE', text: '解冻', done: '已解冻', reason: false, danger: false, explain: '解冻后由商户自行上架。' }],
}

/** Asks, sends the step and says what became of it; false when the user stepped back. */
export async function review(api: Api, product: { id: string; title: string }, wanted: Review): Promise<boolean> {
  const title = `${wanted.text}「${product.title}」`
  const note = wanted.reason ? await askReason(title, wanted.explain) : (await confirmed(title, wanted.explain, wanted.text)) ? '' : null
  if (note === null) return false
  const { platformMoveProduct: answer } = await api.ask(PlatformMoveProductDocument, { id: product.id, step: wanted.step, note })
  if (isProblem(answer)) tellProblem(answer)
  else tellDone(wanted.done)
  return true
}
