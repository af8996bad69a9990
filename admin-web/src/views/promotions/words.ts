import type { Label } from '@/app/labels'
import { yuanFromFen } from '@/app/money'
import type { CampaignFieldsFragment as Campaign, CampaignKind, CampaignPhase } from '@/gql/graphql'

export const PHASES: Record<CampaignPhase, Label> = {
  DRAFT: { text: '草稿', tone: 'info' },
  SCHEDULED: { text: '未开始', tone: 'primary' },
  RUNNING: { text: '进行中', tone: 'success' },
  ENDED: { text: '已结束', tone: 'info' },
  STOPPED: { text: '已停止', tone: 'warning' },
}

export const KINDS: Record<CampaignKind, string> = {
  COUPON: '优惠券',
  REDUCTION: '满减',
  GROUP_BUY: '拼团',
  FLASH_SALE: '秒杀',
  PRESALE: '预售',
}

/** 500 → 5, 550 → 5.50: amounts within a sentence. */
function yuan(fen: number): string {
  return yuanFromFen(fen).replace(/\.00$/, '')
}

/** What a campaign offers, in words. */
export function offerText(campaign: Pick<Campaign, 'coupon' | 'steps'>): string {
  const { coupon, steps } = campaign
  if (!coupon) return steps.map((step) => `满 ${yuan(step.threshold)} 减 ${yuan(step.off)}`).join('，')
  if (!coupon.percentOff) return `满 ${yuan(coupon.threshold)} 减 ${yuan(coupon.off)}`
  return `满 ${yuan(coupon.threshold)} 打 ${(100 - coupon.percentOff) / 10} 折，最多减 ${yuan(coupon.most ?? 0)}`
}

/** Which goods it is for. */
export function scopeText(campaign: Pick<Campaign, 'categoryIds' | 'productIds'>): string {
  if (campaign.productIds) return `${campaign.productIds.length} 种商品`
  return campaign.categoryIds ? `${campaign.categoryIds.length} 个类目` : '全部商品'
}

/** Their names, as far as they can be read at a glance. */
export function goodsText(campaign: Pick<Campaign, 'goods'>): string {
  const names = campaign.goods.slice(0, 12).map(({ name }) => name)
  return names.join('、') + (campaign.goods.length > names.length ? ` 等 ${campaign.goods.length} 项` : '')
}
