import type { Api } from '@/api/client'
import { isProblem, type Problem } from '@/api/failure'
import { askReason, tellDone, tellProblem } from '@/app/feedback'
import { intention } from '@/app/intention'
import { MerchantFreezeVoucherCodesDocument, MerchantThawVoucherCodesDocument, MerchantVoidVoucherCodesDocument, PlatformFreezeCardCodesDocument, PlatformFreezeVoucherCodesDocument, PlatformThawCardCodesDocument, PlatformThawVoucherCodesDocument, PlatformVoidCardCodesDocument, PlatformVoidVoucherCodesDocument } from '@/gql/graphql'

/** Whose codes: gift cards of the platform, vouchers of the platform, vouchers of a shop. */
export type Desk = 'cards' | 'platform' | 'merchant'
export type Step = 'freeze' | 'thaw' | 'void'
/** One code by the end of it, or a lot with so many that can take the step. */
export type Which = { id: string; last4: string } | { lotId: string; many: number }
type Chosen = { id?: string; lotId?: string; reason: string }

const PAID: Record<Desk, string> = {
  cards: '线下收过款的，请先退还购卡人，或确认从未收到；账上按已退银行款记。',
  platform: '线下收过款的，请先退还购券人，或确认从未收到；账上按已退银行款记。',
  merchant: '收过款的，请先退还购券人。',
}
const TITLES: Record<Step, string> = { freeze: '冻结未绑定的', thaw: '解冻未绑定的', void: '作废未绑定的' }
const DONE: Record<Step, string> = { freeze: '已冻结', thaw: '已解冻', void: '已作废' }

function text(desk: Desk, step: Step, which: Which): string {
  const them = 'id' in which ? `尾号 ${which.last4} ` : `这次发放中的 ${which.many} 张`
  if (step === 'freeze') return `${them}暂时不能绑定，已绑定的不受影响。`
  if (step === 'thaw') return `${them}恢复绑定。`
  return `${them}立即作废，不能恢复；已绑定的不受影响，批次可再生成同样的张数。${PAID[desk]}`
}

async function ask(api: Api, desk: Desk, step: Step, input: Chosen): Promise<{ count: number } | Problem> {
  if (desk === 'cards') {
    if (step === 'freeze') return (await api.ask(PlatformFreezeCardCodesDocument, input)).platformFreezeCardCodes
    if (step === 'thaw') return (await api.ask(PlatformThawCardCodesDocument, input)).platformThawCardCodes
    return (await api.ask(PlatformVoidCardCodesDocument, input)).platformVoidCardCodes
  }
  if (desk === 'platform') {
    if (step === 'freeze') return (await api.ask(PlatformFreezeVoucherCodesDocument, input)).platformFreezeVoucherCodes
    if (step === 'thaw') return (await api.ask(PlatformThawVoucherCodesDocument, input)).platformThawVoucherCodes
    return (await api.ask(PlatformVoidVoucherCodesDocument, input)).platformVoidVoucherCodes
  }
  if (step === 'freeze') return (await api.ask(MerchantFreezeVoucherCodesDocument, input)).merchantFreezeVoucherCodes
  if (step === 'thaw') return (await api.ask(MerchantThawVoucherCodesDocument, input)).merchantThawVoucherCodes
  return (await api.ask(MerchantVoidVoucherCodesDocument, input)).merchantVoidVoucherCodes
}

/** Asks for the reason, does it, and says what became of it; false when the user stepped back. */
export async function stepCodes(api: Api, desk: Desk, step: Step, which: Which): Promise<boolean> {
  const reason = await askReason(`${TITLES[step]}${desk === 'cards' ? '卡号' : '券码'}`, text(desk, step, which))
  if (reason === null) return false
  const input = 'id' in which ? { id: which.id, reason } : { lotId: which.lotId, reason }
  const answer = await ask(api, desk, step, input)
  if ('count' in answer) tellDone(`${DONE[step]} ${answer.count} 张`)
  else tellProblem(answer)
  return true
}

/** Has codes made, once for one intention; null after a refusal, which the user was told. */
export async function issued<T extends { __typename?: string; codes?: string[] }>(batchId: string, send: (key: string) => Promise<T>): Promise<string[] | null> {
  const once = intention(`codes:${batchId}`)
  const answer = await send(once.key)
  // What was made under the key and is told no more ends the intention, too.
  if (!isProblem(answer) || (answer as Problem).field === 'idempotencyKey') once.done()
  if (isProblem(answer)) tellProblem(answer)
  return answer.codes ?? null
}
