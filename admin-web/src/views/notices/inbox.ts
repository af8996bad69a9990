import { defineStore } from 'pinia'
import { onScopeDispose, ref } from 'vue'
import { useApi } from '@/api/client'
import { useEntry } from '@/app/entry'
import { MerchantNoticeArrivedDocument, MerchantNoticesDocument, MerchantReadNoticesDocument, PlatformNoticeArrivedDocument, PlatformNoticesDocument, PlatformReadNoticesDocument, type NoticeKind, type NoticeRowFragment } from '@/gql/graphql'

export type Notice = NoticeRowFragment

/** The two consoles read inboxes of their own by fields of their own. */
export function useInbox() {
  const api = useApi()
  const merchant = useEntry().kind === 'MERCHANT'

  async function page(variables: { unreadOnly: boolean; page: number; size: number }) {
    if (merchant) return (await api.ask(MerchantNoticesDocument, variables)).merchantNotices
    return (await api.ask(PlatformNoticesDocument, variables)).platformNotices
  }

  async function read(ids: string[] | null) {
    if (merchant) return (await api.ask(MerchantReadNoticesDocument, { ids })).merchantReadNotices
    return (await api.ask(PlatformReadNoticesDocument, { ids })).platformReadNotices
  }

  /** Calls `heard` whenever something new lies there, as long as the calling component lives. */
  function follow(heard: () => void): void {
    onScopeDispose(merchant ? api.live.listen(MerchantNoticeArrivedDocument, {}, heard) : api.live.listen(PlatformNoticeArrivedDocument, {}, heard))
    onScopeDispose(api.live.onResync(heard))
  }

  return { page, read, follow }
}

/** What the bell shows. `round` grows with everything that is heard: lists reload when it does. */
export const useUnread = defineStore('unread-notices', () => {
  const count = ref(0)
  const round = ref(0)
  return { count, round }
})

/** Of what staff are told; the other kinds are members' own. */
const PLACES: Partial<Record<NoticeKind, (id: string) => string>> = {
  STOCK_LOW: () => '/stock?low=1',
  AFTER_SALE_OPENED: (id) => `/after-sales?desk=TO_ANSWER&case=${id}`,
  AFTER_SALE_RETURNED: (id) => `/after-sales?desk=TO_RECEIVE&case=${id}`,
  REVIEW_POOR: () => '/reviews',
  PAYOUT_FAILED: () => '/funds',
  PAYOUT_BOUNCED: () => '/funds',
  PRODUCT_APPROVED: (id) => `/products/${id}`,
  PRODUCT_REJECTED: (id) => `/products/${id}`,
  PRODUCT_FROZEN: (id) => `/products/${id}`,
  CHANGE_APPLIED: () => '/changes',
  CHANGE_REJECTED: () => '/changes',
  LOT_RECALLED: (id) => `/lots/${id}`,
  REFUND_SHORT: () => '/funds',
  PICKUP_DUE: () => '/pickups',
  CAMPAIGN_ACCEPTED: () => '/campaigns?tab=PLATFORM',
  CAMPAIGN_DECLINED: () => '/campaigns?tab=PLATFORM',
  CAMPAIGN_REMOVED: () => '/campaigns?tab=PLATFORM',
  CASE_ESCALATED: () => '/after-sales',
  BILL_DIFFERS: () => '/bills',
  PAYMENT_DISPUTED: () => '/funds',
  SETTLEMENT_STUCK: () => '/settlements',
  PIECE_COPIED: () => '/piece-alarms',
  REFUND_ABNORMAL: () => '/funds',
}

/** The page on which something is done about it. */
export function placeOf(notice: Pick<Notice, 'kind' | 'subjectId'>): string {
  return PLACES[notice.kind]?.(notice.subjectId ?? '') ?? '/'
}

const URGENT: ReadonlySet<NoticeKind> = new Set(['PAYOUT_FAILED', 'PAYOUT_BOUNCED', 'PRODUCT_FROZEN', 'LOT_RECALLED', 'PAYMENT_DISPUTED', 'SETTLEMENT_STUCK', 'PIECE_COPIED', 'REFUND_SHORT', 'REFUND_ABNORMAL'])
const GOOD: ReadonlySet<NoticeKind> = new Set(['PRODUCT_APPROVED', 'CHANGE_APPLIED', 'CAMPAIGN_ACCEPTED'])

export function toneOf(kind: NoticeKind): 'danger' | 'success' | 'warning' {
  if (URGENT.has(kind)) return 'danger'
  return GOOD.has(kind) ? 'success' : 'warning'
}
