import type { DepositKind } from '@/gql/graphql'
import { clockText } from '@/text/time'

const DAY = 24 * 60 * 60

/** 定金 is lost or doubled by law; 订金 is part of the price paid early. */
export function depositName(kind: DepositKind | null | undefined): string {
  return kind === 'DINGJIN' ? '定金' : '订金'
}

/** As `clockText`, with days before it where there are any. */
export function longClock(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  return days ? `${days}天 ${clockText(seconds % DAY)}` : clockText(seconds)
}
