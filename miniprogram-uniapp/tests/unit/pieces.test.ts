import { describe, expect, it } from 'vitest'
import { looksText, scannedCode } from '@/text/pieces'

const FIRST = '2026-11-30T02:15:00+00:00'
const looks = (times: number, yours: number, place: string | null = '云南省 昭通市 昭阳区') => ({
  times,
  yours,
  firstAt: FIRST,
  firstRegion: place === null ? null : { fullName: place },
})

describe('looks at a piece', () => {
  it('tells the first one as the first', () => {
    expect(looksText(looks(1, 1))).toEqual({
      title: '首次查询',
      lines: ['这枚码第一次被查询，就是您刚才这一次。'],
    })
  })
  it('tells when and about where the first one was, and which were your own', () => {
    expect(looksText(looks(3, 2))).toEqual({
      title: '第 3 次查询',
      lines: ['首次查询：2026-11-30 10:15，在云南省 昭通市 昭阳区附近。', '其中 2 次来自您这台设备。'],
    })
    expect(looksText(looks(2, 2)).lines[1]).toBe('都来自您这台设备。')
    expect(looksText(looks(2, 1)).lines[1]).toBe('其他几次来自别的设备。')
  })
  it('does not make up a place, and counts no further than the server', () => {
    expect(looksText(looks(2, 1, null)).lines[0]).toBe('首次查询：2026-11-30 10:15，地点未告知。')
    expect(looksText(looks(2000, 1)).title).toBe('第 2000 次以上查询')
  })
})

it('reads the code of a scanned address', () => {
  expect(scannedCode('https://mall.example.cn/t/PA7F1R0XK62834')).toBe('PA7F1R0XK62834')
  expect(scannedCode('https://mall.example.cn/t/L261130481633096?from=wx')).toBe('L261130481633096')
  for (const other of ['', 'https://mall.example.cn/', 'https://mall.example.cn/t/<b>', '/t/P/../x'])
    expect(scannedCode(other)).toBe('')
})
