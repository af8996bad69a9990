import { describe, expect, it } from 'vitest'
import { sceneOf } from '@/page/scene'
import { rulesOf } from '@/text/invites'

describe('what a 小程序码 carries', () => {
  it('is read as WeChat hands it over, encoded, and as H5 does', () => {
    expect(sceneOf({ scene: 'r%3DABCDEFGH' })).toEqual({ kind: 'inviter', text: 'r=ABCDEFGH' })
    expect(sceneOf({ scene: 'c=23456789' })).toEqual({ kind: 'channel', text: 'c=23456789' })
  })

  it('is nothing when it is not ours', () => {
    for (const scene of ['', 'r=', 'x=ABCDEFGH', 'r=ABCDEFG0', 'r=ABCDEFGHJ', '%', 'r=abcdefgh'])
      expect(sceneOf({ scene })).toBeNull()
    expect(sceneOf(undefined)).toBeNull()
  })
})

describe('the rules of inviting', () => {
  it('say the numbers that hold, and that sharing brings nothing', () => {
    const terms = { bindDays: 7, orderDays: 30, leastKept: 1000, perInviter: 10, perMonth: 5, left: 499 }
    const told = rulesOf(terms).join('')
    for (const words of [
      '7 天内',
      '30 天内',
      '10 元',
      '10 次',
      '5 次',
      '499 个',
      '没有多级',
      '转发、注册、浏览本身没有奖励',
    ])
      expect(told).toContain(words)
  })
})
