import type { LotState, TraceKind } from '@/gql/graphql'

export const TRACE_KINDS: Record<TraceKind, string> = {
  PLANTED: '种植',
  FERTILISED: '施肥',
  SPRAYED: '用药',
  HARVESTED: '采收',
  INSPECTED: '检测',
  CERTIFIED: '承诺达标合格证',
  PACKED: '包装',
  STORED: '入库储存',
  SHIPPED: '发运',
  HELD: '冻结',
  RELEASED: '解除冻结',
  RECALLED: '召回',
}

export const LOT_STATES: Record<LotState, string> = {
  OPEN: '在售批次',
  CLOSED: '已售完或停止上架',
  HELD: '已冻结，暂停销售',
  RECALLED: '已召回，请勿食用',
}

/** 1234000 → "1.23 吨", 23500 → "23.5 千克". */
export function massText(grams: number): string {
  if (grams >= 1_000_000) return `${trimmed(grams / 1_000_000)} 吨`
  return grams >= 1000 ? `${trimmed(grams / 1000)} 千克` : `${grams} 克`
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(2)))
}

/** A number fact as people read it: grams become kilograms or tons. */
export function factText(fact: { fact: string; label: string; value: string }): { label: string; value: string } {
  if (fact.fact === 'GRAMS' || fact.fact === 'SHRINK_GRAMS')
    return { label: fact.label.replace('（克）', ''), value: massText(Number(fact.value)) }
  return fact.fact === 'INTERVAL_DAYS'
    ? { label: fact.label.replace('（天）', ''), value: `${fact.value} 天` }
    : { label: fact.label, value: fact.value }
}
