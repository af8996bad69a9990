import type { ReviewHiding, ReviewState, ReviewSumsFragment } from '@/gql/graphql'

/** What a number of stars says, by the number. */
export const STAR_WORDS: Record<number, string> = { 1: '很差', 2: '较差', 3: '一般', 4: '满意', 5: '非常满意' }

export const ASPECTS = [
  { key: 'freshness', name: '新鲜度' },
  { key: 'accuracy', name: '描述相符' },
  { key: 'logistics', name: '物流' },
  { key: 'service', name: '服务' },
] as const

export type Aspect = (typeof ASPECTS)[number]['key']

export const REVIEW_STATES: Record<ReviewState, string> = {
  PENDING: '审核中，仅自己可见',
  PUBLISHED: '已公开',
  REJECTED: '未通过，可修改后再提交',
  HIDDEN: '已被平台隐藏',
  WITHDRAWN: '已撤回',
}

export const HIDINGS: Record<ReviewHiding, string> = {
  ILLEGAL: '含有违法信息',
  PRIVACY: '泄露他人隐私',
  ABUSE: '侮辱、诽谤他人',
  ADVERTISING: '与商品无关的广告',
  COURT_ORDER: '依据法院或主管部门的要求',
  FABRICATED: '虚构交易的评价',
}

export const REPORTS = [
  { reason: 'FALSE', name: '内容不实' },
  { reason: 'ABUSE', name: '辱骂攻击' },
  { reason: 'ADVERTISING', name: '广告' },
  { reason: 'PRIVACY', name: '泄露隐私' },
  { reason: 'ILLEGAL', name: '违法违规' },
] as const

/** How much of all scores each number of stars has, five first, in whole percent. */
export function shares(sums: ReviewSumsFragment): { stars: number; percent: number }[] {
  const numbers = [sums.fives, sums.fours, sums.threes, sums.twos, sums.ones]
  return numbers.map((many, at) => ({ stars: 5 - at, percent: sums.count ? Math.round((many * 100) / sums.count) : 0 }))
}

/** "7 天后追评", "当天追评". */
export function daysLater(first: string, later: string): string {
  const days = Math.floor((Date.parse(later) - Date.parse(first)) / 86_400_000)
  return days > 0 ? `${days} 天后追评` : '当天追评'
}
