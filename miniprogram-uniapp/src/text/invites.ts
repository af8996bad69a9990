import type { ReferralState } from '@/gql/graphql'
import { shortYuan } from './money'

export const REFERRAL_STATES: Record<ReferralState, string> = {
  BOUND: '待完成首单',
  HELD: '审核中',
  REWARDED: '已奖励',
  REFUSED: '未通过',
  MISSED: '未发放',
  LAPSED: '已失效',
  TAKEN_BACK: '已收回',
}

export interface InviteTerms {
  bindDays: number
  orderDays: number
  leastKept: number
  perInviter: number
  perMonth: number
  left: number
}

/** The rules in plain words, from the numbers that hold. */
export function rulesOf(terms: InviteTerms): string[] {
  return [
    `被邀请人须是注册 ${terms.bindDays} 天内、从未下过单的新用户；只认第一个邀请人，接受后不能更换。`,
    `接受邀请后 ${terms.orderDays} 天内付款的首单，确认收货满 7 天、过了售后期且没有未完的售后，双方才得券。`,
    `首单商品实付扣除退款后须不少于 ${shortYuan(terms.leastKept)} 元；整单退款的不算，可用下一单。`,
    '奖励发放后首单又退款的，未使用的券收回，已使用的不追回。',
    `每人最多得 ${terms.perInviter} 次奖励，每月最多 ${terms.perMonth} 次；本活动还剩 ${terms.left} 个名额，先完成先得。`,
    '只奖励直接邀请的人，没有多级；转发、注册、浏览本身没有奖励，奖励只有优惠券，不是现金。',
    '疑似同一人多个账号的邀请会先由人工审核，审核结果和原因可在本页查看。',
  ]
}
