import { param } from './param'

/** What a 小程序码 of the mall carries: `r=` and a member's code, or `c=` and a channel's. */
export type SceneKind = 'inviter' | 'channel'

export interface Scene {
  kind: SceneKind
  text: string
}

const WRITTEN = /^([rc])=[2-9A-HJKMNP-Z]{8}$/

/** The scene in a page's query, as WeChat and H5 hand it over; null when there is none, or not one of ours. */
export function sceneOf(query: Record<string, unknown> | undefined): Scene | null {
  const text = param(query, 'scene')
  const found = WRITTEN.exec(text)
  return found ? { kind: found[1] === 'r' ? 'inviter' : 'channel', text } : null
}
