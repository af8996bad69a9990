import { formatFen } from '@/app/money'
import type { FreightRowFragment, FreightRuleInput, FreightRuleRowFragment, FreightTemplateInput } from '@/gql/graphql'

export interface Place {
  code: string
  name: string
}

/** Units in grams or pieces; what is not typed yet is null. */
export interface FormRule {
  places: Place[]
  deliverable: boolean
  reason: string
  first: number | null
  firstFee: number | null
  step: number | null
  stepFee: number | null
}

export interface FormFree {
  places: Place[]
  fromQuantity: number | null
  fromAmount: number | null
}

export type Unit = FreightTemplateInput['unit']

export interface FreightForm {
  name: string
  unit: Unit
  defaultRule: FormRule
  rules: FormRule[]
  frees: FormFree[]
  coldFee: number | null
  /** Months, both included; over New Year where the first is the later one. */
  coldFrom: number
  coldTo: number
  packGrams: number | null
  packFee: number | null
}

export const UNITS: { value: Unit; label: string }[] = [
  { value: 'WEIGHT', label: '按重量' },
  { value: 'PIECE', label: '按件数' },
]

const GRAMS = 1000

export function newRule(unit: Unit): FormRule {
  const one = unit === 'WEIGHT' ? GRAMS : 1
  return { places: [], deliverable: true, reason: '', first: one, firstFee: null, step: one, stepFee: null }
}

export function newFreight(): FreightForm {
  return { name: '', unit: 'WEIGHT', defaultRule: newRule('WEIGHT'), rules: [], frees: [], coldFee: 0, coldFrom: 4, coldTo: 10, packGrams: null, packFee: null }
}

export function freightOf(row: FreightRowFragment): FreightForm {
  const { name, unit, coldFee, coldFrom, coldTo, packGrams, packFee } = row
  return {
    name,
    unit,
    coldFee,
    coldFrom,
    coldTo,
    packGrams: packGrams ?? null,
    packFee: packFee ?? null,
    defaultRule: ruleOf(row.defaultRule, unit),
    rules: row.rules.map((rule) => ruleOf(rule, unit)),
    frees: row.frees.map(({ places, fromQuantity, fromAmount }) => ({
      places: places.map(({ code, name: called }) => ({ code, name: called })),
      fromQuantity: fromQuantity ?? null,
      fromAmount: fromAmount ?? null,
    })),
  }
}

function ruleOf(rule: FreightRuleRowFragment, unit: Unit): FormRule {
  const blank = newRule(unit)
  return {
    places: rule.places.map(({ code, name }) => ({ code, name })),
    deliverable: rule.deliverable,
    reason: rule.reason,
    first: rule.first ?? blank.first,
    firstFee: rule.firstFee ?? null,
    step: rule.step ?? blank.step,
    stepFee: rule.stepFee ?? null,
  }
}

/** Grams and pieces are not the same numbers: every rule begins anew, its places and fees stay. */
export function changeUnit(form: FreightForm, unit: Unit): void {
  const { first, step } = newRule(unit)
  form.unit = unit
  for (const rule of [form.defaultRule, ...form.rules]) Object.assign(rule, { first, step })
}

/** What is wrong with the form, by the server's names of its places; empty when it may be sent. */
export function freightFaults(form: FreightForm): Record<string, string> {
  const faults: Record<string, string> = {}
  if (form.name.trim() === '') faults['name'] = '请填写模板名称'
  if ((form.packGrams === null) !== (form.packFee === null)) faults['packFee'] = '每箱容量与费用要一起填写'
  note(faults, 'default', ruleFault(form.defaultRule))
  form.rules.forEach((rule, place) => note(faults, `rules.${place}`, rule.places.length === 0 ? '请选择地区' : ruleFault(rule)))
  form.frees.forEach((free, place) => {
    note(faults, `frees.${place}`, free.fromQuantity === null && free.fromAmount === null ? '请填写包邮的件数或金额' : null)
  })
  return faults
}

function note(faults: Record<string, string>, field: string, fault: string | null): void {
  if (fault) faults[field] = fault
}

function ruleFault(rule: FormRule): string | null {
  if (!rule.deliverable) return rule.reason.trim().length < 2 ? '请写明不配送的原因' : null
  if (!rule.first || !rule.step) return '首重（件）和续重（件）须大于 0'
  return rule.firstFee === null || rule.stepFee === null ? '请填写首费和续费' : null
}

/** The server names the very input (`rules.1.firstFee`); the form shows the sentence beside the rule. */
export function faultPlace(field: string): string {
  const path = field.replace(/^template\./, '').replace(/^defaultRule/, 'default')
  const listed = /^(rules|frees)\.\d+/.exec(path)
  return listed ? listed[0] : (path.split('.')[0] ?? path).replace('packGrams', 'packFee')
}

export function freightInput(form: FreightForm): FreightTemplateInput {
  return {
    name: form.name.trim(),
    unit: form.unit,
    defaultRule: ruleInput(form.defaultRule),
    rules: form.rules.map(ruleInput),
    frees: form.frees.map(({ places, fromQuantity, fromAmount }) => ({ codes: codesOf(places), fromQuantity, fromAmount })),
    coldFee: form.coldFee ?? 0,
    coldFrom: form.coldFrom,
    coldTo: form.coldTo,
    packGrams: form.packGrams,
    packFee: form.packFee,
  }
}

function ruleInput({ places, deliverable, reason, first, firstFee, step, stepFee }: FormRule): FreightRuleInput {
  const codes = codesOf(places)
  return deliverable ? { codes, deliverable, first, firstFee, step, stepFee } : { codes, deliverable, reason: reason.trim() }
}

function codesOf(places: Place[]): string[] {
  return places.map(({ code }) => code)
}

// ---------------------------------------------------------------------------------------------- in words
export function measure(unit: Unit, amount: number): string {
  if (unit === 'PIECE') return `${amount} 件`
  return amount < GRAMS ? `${amount} 克` : `${amount / GRAMS} 公斤`
}

/** 首重 1 公斤 ¥8.00，每续 1 公斤 ¥3.00. */
export function ruleText(rule: FreightRuleRowFragment, unit: Unit): string {
  const { first, step, firstFee, stepFee } = rule
  if (!rule.deliverable) return `不配送：${rule.reason}`
  if (first == null || step == null || firstFee == null || stepFee == null) return ''
  if (stepFee === 0) return firstFee === 0 ? '免运费' : `每单 ${formatFen(firstFee)}`
  const words = unit === 'WEIGHT' ? ['首重', '每续'] : ['首件', '每续']
  return `${words[0]} ${measure(unit, first)} ${formatFen(firstFee)}，${words[1]} ${measure(unit, step)} ${formatFen(stepFee)}`
}

export function freeText({ fromQuantity, fromAmount, places }: FreightRowFragment['frees'][number]): string {
  const bounds = [fromQuantity ? `${fromQuantity} 件` : '', fromAmount ? formatFen(fromAmount) : ''].filter(Boolean)
  return `${places.length === 0 ? '' : `${placesText(places)} `}满 ${bounds.join(' 且 ')} 包邮`
}

export const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1)

/** 4—10 月; 11 月至次年 2 月; 全年. */
export function seasonText(first: number, last: number): string {
  if ((last - first + 12) % 12 === 11) return '全年'
  if (first === last) return `${first} 月`
  return first < last ? `${first}—${last} 月` : `${first} 月至次年 ${last} 月`
}

export function placesText(places: Place[], most = 4): string {
  const shown = places.slice(0, most).map(({ name }) => name)
  return places.length > most ? `${shown.join('、')} 等 ${places.length} 个地区` : shown.join('、')
}
