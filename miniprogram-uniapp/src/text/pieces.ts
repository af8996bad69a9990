import type { PieceWarning } from '@/gql/graphql'
import { shanghaiMinute } from './time'

/** What whoever holds a piece must know of its code; empty when there is nothing. */
export const WARNINGS: Record<PieceWarning, string> = {
  NONE: '',
  CHECKING: '这枚码近来在多个地方被查询，可能被复制过，平台正在核实。货不一定有问题，拿不准可以先联系店铺。',
  COPIED: '平台已核实：这枚码被复制过。请核对包装与购买渠道，非本商城或店铺购得的请谨慎食用，并向平台反映。',
}

/** What is told of the looks at one piece. */
export interface Looks {
  times: number
  yours: number
  firstAt: string
  firstRegion: { fullName: string } | null
}

/** From here on the server no longer counts. */
const MOST = 2000

/** How the looks at a piece are told: honestly, and without frightening anybody whose family scanned before. */
export function looksText({ times, yours, firstAt, firstRegion }: Looks): { title: string; lines: string[] } {
  if (times === 1) return { title: '首次查询', lines: ['这枚码第一次被查询，就是您刚才这一次。'] }
  const place = firstRegion ? `，在${firstRegion.fullName}附近` : '，地点未告知'
  const whose =
    yours >= times ? '都来自您这台设备。' : yours > 1 ? `其中 ${yours} 次来自您这台设备。` : '其他几次来自别的设备。'
  return {
    title: times >= MOST ? `第 ${MOST} 次以上查询` : `第 ${times} 次查询`,
    lines: [`首次查询：${shanghaiMinute(firstAt)}${place}。`, whose],
  }
}

/** The code in an address that was scanned, as `https://…/t/P…`; empty when there is none. */
export function scannedCode(address: string): string {
  return /\/t\/([0-9A-Za-z]{1,20})(?:[?#]|$)/.exec(address)?.[1] ?? ''
}
