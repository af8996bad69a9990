import type { Label } from '@/app/labels'
import { yuanFromFen } from '@/app/money'
import type { CampaignApplicationState, CampaignFieldsFragment as Campaign, CampaignKind, CampaignPhase } from '@/gql/graphql'

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

export const APPLICATIONS: Record<CampaignApplicationState, Label> = {
  APPLIED: { text: '待处理', tone: 'warning' },
  ACCEPTED: { text: '已参加', tone: 'success' },
  DECLINED: { text: '未通过', tone: 'danger' },
  WITHDRAWN: { text: '已撤回', tone: 'info' },
  REMOVED: { text: '已移出', tone: 'danger' },
}

/** 500 → 5, 550 → 5.50: amounts within a sentence. */
function yuan(fen: number): string {
  return yuanFromFen(fen).replace(/\.00$/, '')
}

interface Offered {
  coupon: { threshold: number; off: number; percentOff: number; most: number | null } | null
  steps: { threshold: number; off: number }[]
}

export interface Example {
  said: string
  off: number
  byShop: number
  byPlatform: number
}

/** What a shop bears of each step where all of the goods are its own, and where half of them are. In fen, as priced. */
export function examplesOf({ coupon, steps, merchantPercent }: Offered & { merchantPercent: number }): Example[] {
  const offers = coupon ? [{ threshold: coupon.threshold, off: coupon.off || (coupon.most ?? 0) }] : steps
  return offers.flatMap(({ threshold, off }) =>
    [
      { share: 1, words: '全是本店商品' },
      { share: 2, words: '本店商品占一半' },
    ].map(({ share, words }) => {
      const own = Math.round(off / share)
      const byShop = Math.round((own * merchantPercent) / 100)
      const most = coupon?.percentOff ? '最多减' : '减'
      return { said: `买家满 ${yuan(threshold)} ${most} ${yuan(off)}，${words}`, off: own, byShop, byPlatform: own - byShop }
    }),
  )
}

/** What a campaign offers, in words. */
export function offerText(campaign: Offered): string {
  const { coupon, steps } = campaign
  if (!coupon) return steps.map((step) => `满 ${yuan(step.threshold)} 减 ${yuan(step.off)}`).join('，')
  if (!coupon.percentOff) return `满 ${yuan(coupon.threshold)} 减 ${yuan(coupon.off)}`
  return `满 ${yuan(coupon.threshold)} 打 ${(100 - coupon.percentOff) / 10} 折，最多减 ${yuan(coupon.most ?? 0)}`
}

/** Which goods it is for. */
export function scopeText(campaign: { categoryIds: string[] | null; productIds?: string[] | null }): string {
  if (campaign.productIds) return `${campaign.productIds.length} 种商品`
  return campaign.categoryIds ? `${campaign.categoryIds.length} 个类目` : '全部商品'
}

/** Their names, as far as they can be read at a glance. */
export function goodsText(campaign: Pick<Campaign, 'goods'>): string {
  const names = campaign.goods.slice(0, 12).map(({ name }) => name)
  return names.join('、') + (campaign.goods.length > names.length ? ` 等 ${campaign.goods.length} 项` : '')
}
