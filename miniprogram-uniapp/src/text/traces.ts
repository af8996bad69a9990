import type { LotState, TraceKind } from '@/gql/graphql'

export const TRACE_KINDS: Record<TraceKind, { name: string; icon: string }> = {
  PLANTED: { name: '种植', icon: 'i-tdesign-tree-round-dot' },
  FERTILISED: { name: '施肥', icon: 'i-tdesign-fill-color' },
  SPRAYED: { name: '用药', icon: 'i-tdesign-secured' },
  HARVESTED: { name: '采收', icon: 'i-tdesign-cart' },
  INSPECTED: { name: '检测', icon: 'i-tdesign-search' },
  CERTIFIED: { name: '承诺达标合格证', icon: 'i-tdesign-verify' },
  PACKED: { name: '包装', icon: 'i-tdesign-gift' },
  STORED: { name: '入库储存', icon: 'i-tdesign-home' },
  SHIPPED: { name: '发运', icon: 'i-tdesign-map' },
  HELD: { name: '冻结', icon: 'i-tdesign-error-circle' },
  RELEASED: { name: '解除冻结', icon: 'i-tdesign-check-circle' },
  RECALLED: { name: '召回', icon: 'i-tdesign-error-circle' },
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
