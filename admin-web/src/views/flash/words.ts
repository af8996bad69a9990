import type { Label } from '@/app/labels'
import type { FlashOfferState } from '@/gql/graphql'

export const OFFER_STATES: Record<FlashOfferState, Label> = {
  APPLIED: { text: '待审核', tone: 'warning' },
  DECLINED: { text: '已驳回', tone: 'danger' },
  WITHDRAWN: { text: '已撤回', tone: 'info' },
  PUBLISHED: { text: '已上架', tone: 'success' },
  ENDED: { text: '已结束', tone: 'info' },
}
