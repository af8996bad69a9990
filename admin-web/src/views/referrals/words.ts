import type { Label } from '@/app/labels'
import type { ReferralMissed, ReferralProgrammePhase, ReferralState, ReferralSuspicion } from '@/gql/graphql'

export const PHASES: Record<ReferralProgrammePhase, Label> = {
  DRAFT: { text: '草稿', tone: 'info' },
  SCHEDULED: { text: '未开始', tone: 'primary' },
  RUNNING: { text: '进行中', tone: 'success' },
  ENDED: { text: '已结束', tone: 'info' },
  STOPPED: { text: '已停止', tone: 'warning' },
}

export const STATES: Record<ReferralState, Label> = {
  BOUND: { text: '待首单', tone: 'primary' },
  HELD: { text: '待审核', tone: 'warning' },
  REWARDED: { text: '已奖励', tone: 'success' },
  REFUSED: { text: '已拒绝', tone: 'danger' },
  MISSED: { text: '未发放', tone: 'info' },
  LAPSED: { text: '已失效', tone: 'info' },
  TAKEN_BACK: { text: '已收回', tone: 'danger' },
}

export const SUSPICIONS: Record<ReferralSuspicion, string> = {
  SAME_PHONE: '收货电话与邀请人相同',
  SAME_ADDRESS: '收货地址与邀请人相同',
  SAME_DEVICE: '与邀请人同一设备',
  SAME_PAYER: '用邀请人购买的礼品卡付款',
  SHARED_PHONE: '收货电话与其他被邀请人相同',
  SHARED_ADDRESS: '收货地址与其他被邀请人相同',
  SHARED_DEVICE: '与其他被邀请人同一设备',
  MANY_IN_A_DAY: '邀请人当日邀请过多',
}

export const MISSED: Record<ReferralMissed, string> = {
  INVITER_LIMIT: '邀请人已达上限',
  MONTH_LIMIT: '邀请人本月已达上限',
  PROGRAMME_LIMIT: '活动名额已发完',
  COUPONS_GONE: '奖励券已发完',
  COUPONS_OVER: '奖励券已停发',
  COUPON_LIMIT: '持券或领取已达上限',
  BLOCKED: '账号受限',
}
