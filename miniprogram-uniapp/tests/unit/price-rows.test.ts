import { describe, expect, it } from 'vitest'
import { drawn, type PriceRow } from '@/text/price-rows'

function row(level: number, kind: PriceRow['kind'], amount: number, more: Partial<PriceRow> = {}): PriceRow {
  return { level, kind, label: kind, amount, party: null, note: null, merchant: null, ...more }
}

const SHOP = { id: 'm1', name: '洒渔果园' }
const ROWS = [
  row(0, 'DUE', 7580),
  row(1, 'TOTAL', 8580),
  row(2, 'MERCHANT', 8580, { merchant: SHOP, label: '小计' }),
  row(3, 'GOODS', 7980, { label: '商品金额' }),
  row(4, 'LINE', 7980, { label: '苹果', note: '39.90 元 × 2' }),
  row(3, 'PLATFORM_COUPON', -200, { label: '平台券', party: 'PLATFORM', note: '新人券' }),
  row(4, 'LINE', -200, { label: '苹果', party: 'PLATFORM' }),
  row(3, 'FREIGHT', 800, { label: '运费' }),
  row(4, 'FREIGHT_STEP', 800, { label: '首重' }),
  row(3, 'UNUSED', 0, { label: '满减', party: 'MERCHANT', note: '未使用：再买 3.20 元可减 10 元' }),
  row(1, 'GIFT_CARD', -1000, { label: '礼品卡支付' }),
]

describe('the rows of a price', () => {
  it('are drawn with the sums last and without what each line gets of a discount', () => {
    const shown = drawn(ROWS).map(({ look, label, amount }) => `${look} ${label} ${amount}`.trim())
    expect(shown).toEqual([
      'head 洒渔果园 ¥85.80',
      'main 商品金额 ¥79.80',
      'sub 苹果 ¥79.80',
      'off 平台券 -¥2.00',
      'main 运费 ¥8.00',
      'sub 首重 ¥8.00',
      'unused 满减',
      'off 礼品卡支付 -¥10.00',
      'total TOTAL ¥85.80',
      'total DUE ¥75.80',
    ])
  })

  it('say who bears a discount, and why an offer was not used', () => {
    const shown = drawn(ROWS)
    expect(shown.find(({ label }) => label === '平台券')).toMatchObject({ party: '平台承担', note: '新人券' })
    expect(shown.find(({ look }) => look === 'unused')).toMatchObject({
      party: '',
      amount: '',
      note: '未使用：再买 3.20 元可减 10 元',
    })
  })

  it('call a freight of nothing by its name, and end with the sum of a single order too', () => {
    expect(drawn([row(0, 'MERCHANT', 0, { label: '小计' }), row(1, 'FREIGHT', 0, { label: '运费' })])).toMatchObject([
      { look: 'main', amount: '免运费' },
      { look: 'total', label: '合计', amount: '¥0.00' },
    ])
  })
})
