import type { Label } from '@/app/labels'
import type { CommissionPhase } from '@/gql/graphql'

export const PHASES: Record<CommissionPhase, Label> = {
  COMING: { text: '待生效', tone: 'primary' },
  NOW: { text: '生效中', tone: 'success' },
  OVER: { text: '已失效', tone: 'info' },
}

/** Basis points as a percentage: 500 is 5%. */
export function formatRate(rate: number): string {
  return `${Number((rate / 100).toFixed(2))}%`
}

/** Days in which a rule holds; `until` is the first day on which it does not. */
export function formatSpan(rule: { since: string; until: string | null }): string {
  if (rule.until === null) return `${rule.since} 起`
  return rule.until <= rule.since ? `原定 ${rule.since} 起，已撤回` : `${rule.since} 起，${rule.until} 止（不含当日）`
}

/** Tomorrow in Shanghai: the first day from which a rule may hold. */
export function tomorrow(): string {
  return new Date(Date.now() + 32 * 3600_000).toISOString().slice(0, 10)
}
