import { formatFen } from '@/app/money'
import type { PointsEntryKind, PointsRulesInput } from '@/gql/graphql'

export const KINDS: Record<PointsEntryKind, string> = {
  EARNED: '购物所得',
  GRANTED: '人工发放',
  SPENT: '下单抵扣',
  RELEASED: '订单关闭退回',
  RETURNED: '退款退回',
  TAKEN_BACK: '退款收回',
  TAKEN: '人工扣减',
  EXPIRED: '到期',
}

export function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}

type Rules = Omit<PointsRulesInput, 'note'>

/** What an order of so many fen of goods, paid in money, brings; and what points may pay of it at most. */
export function exampleOf(rules: Rules, goods: number): { earns: number; usable: number } {
  const earns = rules.earning ? Math.min(Math.floor(goods / 100) * rules.perYuan, rules.dailyMost) : 0
  const usable = rules.spending && goods >= rules.leastGoods ? Math.floor((goods * rules.capPercent) / 100) : 0
  return { earns, usable }
}

/** The rules in one sentence. */
export function rulesText(rules: Rules): string {
  const earning = rules.earning ? `每实付 1 元得 ${rules.perYuan} 分，每人每日最多 ${rules.dailyMost} 分` : '不赠送'
  const spending = rules.spending ? `商品满 ${formatFen(rules.leastGoods)} 可用，最多抵 ${rules.capPercent}%` : '不可用'
  return `${earning}；${spending}`
}
