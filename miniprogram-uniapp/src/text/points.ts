import type { PointsEntriesQuery, PointsPageQuery } from '@/gql/graphql'
import { shortYuan } from './money'

type Entry = PointsEntriesQuery['myPointsEntries']['items'][number]
type Rules = NonNullable<PointsPageQuery['pointsRules']>

export const POINTS_KINDS: Record<Entry['kind'], string> = {
  EARNED: '购物所得',
  GRANTED: '平台赠送',
  SPENT: '下单抵扣',
  RELEASED: '订单关闭退回',
  RETURNED: '退款退回',
  TAKEN_BACK: '退款收回',
  TAKEN: '平台扣减',
  EXPIRED: '到期',
}

/** `+12`, `-30`, `0`. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}

/** How points are earned and spent now, in plain words. */
export function rulesOf(rules: Rules): string[] {
  const earning = rules.earning
    ? `订单完成且过了七天退货期后，商品每实付 1 元得 ${rules.perYuan} 积分，每天最多 ${rules.dailyMost} 积分。运费、积分抵扣和礼品卡、提货券支付的部分不计。`
    : '目前购物暂不赠送积分。'
  const least = rules.leastGoods ? `商品满 ${shortYuan(rules.leastGoods)} 元可用，` : ''
  const spending = rules.spending
    ? `100 积分抵 1 元，${least}最多抵商品金额的 ${rules.capPercent}%，不抵运费；拼团、秒杀、预售和提货券订单不可用。`
    : '目前下单暂不可使用积分。'
  return [
    earning,
    spending,
    '先得的先用。积分在获得次年的 12 月 31 日到期，到期前 30 天在本页提醒。',
    '订单未付款关闭，积分立即退回；退款到账时，按退回的件数退回积分，已到期的给 30 天使用期。',
    '商品退款后，这些商品所得的积分会收回；已经用掉的先记欠分，由之后获得的积分抵还。',
    '积分不可转让、提现，也不能用钱购买，由平台承担，商家收款不受影响。',
  ]
}
