import type { Label } from '@/app/labels'
import type { AttributeKind, PaperKind, PaperState, ProductChangeState, SoldBy, WordSeverity } from '@/gql/graphql'

export const CHANGE_STATES: Record<ProductChangeState, Label> = {
  PENDING: { text: '待审核', tone: 'warning' },
  APPLIED: { text: '已生效', tone: 'success' },
  WITHDRAWN: { text: '已撤回', tone: 'info' },
  REJECTED: { text: '已驳回', tone: 'danger' },
}

export const PAPER_KINDS: Record<PaperKind, string> = {
  FOOD_BUSINESS: '食品经营许可证',
  PREPACKAGED_FILING: '仅销售预包装食品备案',
  FOOD_PRODUCTION: '食品生产许可证',
  SMALL_WORKSHOP: '食品小作坊登记证',
  ANIMAL_QUARANTINE: '动物检疫合格证明',
  GI_AUTHORISATION: '地理标志使用授权',
  ORGANIC: '有机产品认证',
  ALCOHOL: '酒类经营许可',
  HEALTH_FOOD: '保健食品注册或备案',
}

export const PAPER_STATES: Record<PaperState, Label> = {
  PENDING: { text: '待审核', tone: 'warning' },
  APPROVED: { text: '有效', tone: 'success' },
  REJECTED: { text: '未通过', tone: 'danger' },
}

export const ATTRIBUTE_KINDS: Record<AttributeKind, string> = { ENUM: '单选', NUMBER: '数值', TEXT: '文字', BOOLEAN: '是否' }

export const SEVERITIES: Record<WordSeverity, string> = { BLOCK: '一律禁止', BLOCK_IN_TITLE: '标题禁止，详情提醒', WARN: '仅提醒' }

export const SOLD_BY: Record<SoldBy, string> = { PIECE: '按件', WEIGHT: '按重量', CATCH_WEIGHT: '称重（预估重量）' }

/** A law as the rules note it, 「广告法 9(3)」, written out; what is noted otherwise stays as it is. */
export function lawWords(law: string): string {
  return law.replace(/^(\S+) (\d+)(?:\((\d+)\))?$/, (_all, name: string, article: string, item?: string) => `《${name}》第 ${article} 条${item ? `第 ${item} 项` : ''}`)
}
