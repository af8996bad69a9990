import { describe, expect, test } from 'vitest'
import { changeUnit, faultPlace, freightFaults, freightInput, measure, newFreight, newRule, placesText, seasonText } from '@/views/merchant/freightForm'

function filled(): ReturnType<typeof newFreight> {
  const form = newFreight()
  form.name = ' 生鲜 '
  Object.assign(form.defaultRule, { firstFee: 800, stepFee: 300 })
  return form
}

describe('freight form', () => {
  test('what is missing is said beside its place', () => {
    const form = newFreight()
    form.rules.push(newRule('WEIGHT'), { ...newRule('WEIGHT'), places: [{ code: '540000', name: '西藏' }], deliverable: false })
    form.frees.push({ places: [], fromQuantity: null, fromAmount: null })
    form.packGrams = 5000
    expect(Object.keys(freightFaults(form))).toEqual(['name', 'packFee', 'default', 'rules.0', 'rules.1', 'frees.0'])
    expect(freightFaults(filled())).toEqual({})
  })

  test('grams become pieces for every rule, fees and places stay', () => {
    const form = filled()
    form.rules.push({ ...newRule('WEIGHT'), places: [{ code: '530000', name: '云南省' }], firstFee: 500, stepFee: 0 })
    changeUnit(form, 'PIECE')
    expect([form.defaultRule.first, form.rules[0]?.step, form.rules[0]?.firstFee]).toEqual([1, 1, 500])
    expect(form.rules[0]?.places).toHaveLength(1)
  })

  test('a closed region sends its reason and no fees', () => {
    const form = filled()
    form.rules.push({ ...newRule('WEIGHT'), places: [{ code: '540000', name: '西藏' }], deliverable: false, reason: ' 太远了 ', firstFee: 1 })
    const input = freightInput(form)
    expect(input.name).toBe('生鲜')
    expect(input.rules).toEqual([{ codes: ['540000'], deliverable: false, reason: '太远了' }])
    expect(input.defaultRule).toEqual({ codes: [], deliverable: true, first: 1000, firstFee: 800, step: 1000, stepFee: 300 })
  })

  test('the place the server names is the place of the form', () => {
    expect(faultPlace('rules.1.firstFee')).toBe('rules.1')
    expect(faultPlace('frees.0.codes')).toBe('frees.0')
    expect(faultPlace('default.step')).toBe('default')
    expect(faultPlace('packGrams')).toBe('packFee')
  })

  test('a new template asks for the cold in the warm months, and says so', () => {
    expect(freightInput(filled())).toMatchObject({ coldFee: 0, coldFrom: 4, coldTo: 10 })
    expect([seasonText(4, 10), seasonText(11, 2), seasonText(7, 7), seasonText(1, 12), seasonText(3, 2)]).toEqual(['4—10 月', '11 月至次年 2 月', '7 月', '全年', '全年'])
  })

  test('weights and lists of places are short', () => {
    expect([measure('WEIGHT', 500), measure('WEIGHT', 1500), measure('PIECE', 3)]).toEqual(['500 克', '1.5 公斤', '3 件'])
    const places = ['甲', '乙', '丙'].map((name, at) => ({ code: `${at}`, name }))
    expect([placesText(places), placesText(places, 2)]).toEqual(['甲、乙、丙', '甲、乙 等 3 个地区'])
  })
})
