import { describe, expect, it } from 'vitest'
import { problemsOf, tidyTaxNumber, type InvoiceForm } from '@/pkg-trade/invoice/form'
import { gapsText } from '@/text/reorder'

const firm: InvoiceForm = {
  kind: 'SPECIAL',
  holder: 'FIRM',
  title: '昭通果业有限公司',
  taxNumber: '91530600MA6K1A2B3R',
  email: 'cw@example.cn',
}

describe('what is wrong with an invoice that is asked for', () => {
  it('takes a firm with a code whose last character checks the others', () => {
    expect(problemsOf(firm)).toEqual({})
    expect(problemsOf({ ...firm, taxNumber: ' 9111 0108 5513 85082q ' })).toEqual({})
    expect(tidyTaxNumber(' 9111 0108 5513 85082q ')).toBe('91110108551385082Q')
  })

  it('finds a mistyped code, a missing one and one of a wrong length', () => {
    for (const taxNumber of ['91530600MA6K1A2B3C', '', '9153', '91530600MA6K1A2B3I'])
      expect(Object.keys(problemsOf({ ...firm, taxNumber }))).toEqual(['taxNumber'])
  })

  it('asks a person for a name and an address to send it to, and for nothing else', () => {
    expect(problemsOf({ ...firm, holder: 'PERSON', kind: 'NORMAL', taxNumber: '' })).toEqual({})
    expect(Object.keys(problemsOf({ ...firm, holder: 'PERSON', title: ' ', email: 'a@b' }))).toEqual(['title', 'email'])
  })
})

describe('what is said of a reorder', () => {
  const gap = { title: '昭通红富士苹果', skuName: '5kg', wanted: 3, added: 0, reason: 'SOLD_OUT' } as const

  it('says why, and how many came along', () => {
    expect(gapsText([gap])).toBe('昭通红富士苹果 5kg：已售罄')
    expect(gapsText([{ ...gap, added: 2, reason: 'LESS_LEFT' }])).toContain('3 件中加入了 2 件')
  })

  it('stays short', () => {
    const text = gapsText([gap, gap, gap, gap, { ...gap, title: '一个特别特别特别特别长的商品名称' }])
    expect(text.split('\n')).toHaveLength(4)
    expect(text).toContain('等 5 种')
  })
})
