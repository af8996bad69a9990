import type { NoticeKind } from '@/gql/graphql'
import { go } from './go'

/** Opens what a notice is about; one that a page knows nothing of, written by a newer server, opens nothing. */
export function openNoticed(kind: NoticeKind, subject: string | null): void {
  if (kind === 'COUPONS_ENDING') go.myCoupons()
  else if (kind === 'POINTS_ENDING') go.myPoints()
  else if (kind === 'REVIEW_REPLIED') go.myReviews('written')
  else if (!subject) return
  else if (kind === 'CASE_ANSWERED') go.afterSale(subject)
  else if (kind === 'GROUP_SUCCEEDED' || kind === 'GROUP_FAILED') go.group(subject)
  else go.order(subject)
}
