import type { Label } from '@/app/labels'
import type { CopyRule, LotState, PieceAlarmState, TraceFact, TraceKind } from '@/gql/graphql'

export const LOT_STATES: Record<LotState, Label> = {
  OPEN: { text: '进行中', tone: 'success' },
  CLOSED: { text: '已结束', tone: 'info' },
  HELD: { text: '已冻结', tone: 'warning' },
  RECALLED: { text: '已召回', tone: 'danger' },
}

export const ALARM_STATES: Record<PieceAlarmState, Label> = {
  OPEN: { text: '待核实', tone: 'warning' },
  CONFIRMED: { text: '确认复制', tone: 'danger' },
  DISMISSED: { text: '已排除', tone: 'info' },
}

export const COPY_RULES: Record<CopyRule, string> = {
  CITIES: '城市太多',
  TRAVEL: '异地太快',
  CROWD: '陌生人太多',
  EARLY: '发货前已在外地',
}

export const TRACE_KINDS: Record<TraceKind, string> = {
  PLANTED: '种植',
  FERTILISED: '施肥',
  SPRAYED: '用药',
  HARVESTED: '采收',
  INSPECTED: '检测',
  CERTIFIED: '承诺达标合格证',
  PACKED: '包装',
  STORED: '入库储存',
  SHIPPED: '发运',
  HELD: '冻结',
  RELEASED: '解冻',
  RECALLED: '召回',
}

/** How a fact is asked for: text, a whole number, kilograms (sent as grams), a day, or one of `choices`. */
export interface Field {
  fact: TraceFact
  label: string
  required?: boolean
  form?: 'number' | 'kilos' | 'day'
  choices?: readonly string[]
  hint?: string
}

/** What the form of each kind asks for, in the order of the server's table. */
export const FIELDS: Partial<Record<TraceKind, readonly Field[]>> = {
  PLANTED: [{ fact: 'VARIETY', label: '品种' }],
  FERTILISED: [
    { fact: 'INPUT', label: '肥料', required: true },
    { fact: 'DOSE', label: '用量' },
  ],
  SPRAYED: [
    { fact: 'INPUT', label: '农药名称', required: true },
    { fact: 'REGISTRATION', label: '登记证号', hint: '包装上的 PD 号' },
    { fact: 'DOSE', label: '用量', required: true },
    { fact: 'INTERVAL_DAYS', label: '安全间隔期', required: true, form: 'number', hint: '天，见标签；未满不能采收' },
    { fact: 'TARGET', label: '防治对象' },
  ],
  HARVESTED: [
    { fact: 'GRAMS', label: '采收重量', required: true, form: 'kilos', hint: '千克' },
    { fact: 'SHRINK_GRAMS', label: '预计损耗', required: true, form: 'kilos', hint: '千克，失水、分选、储存' },
    { fact: 'GRADE', label: '等级', hint: '如 一级果 80 mm' },
    { fact: 'BEST_BEFORE', label: '保质期至', form: 'day', hint: '不填按商品保质期推算' },
  ],
  INSPECTED: [
    { fact: 'INSPECTOR', label: '检测单位', required: true },
    { fact: 'ITEMS', label: '检测项目', required: true },
    { fact: 'RESULT', label: '结论', required: true, choices: ['合格', '不合格'] },
    { fact: 'REPORT_NUMBER', label: '报告编号' },
  ],
  CERTIFIED: [
    { fact: 'PRODUCT', label: '产品名称', required: true },
    { fact: 'QUANTITY', label: '数量（重量）', required: true },
    { fact: 'PRODUCER', label: '生产者', required: true },
    { fact: 'CONTACT', label: '联系方式', required: true, hint: '将公开显示，请填经营电话' },
    { fact: 'ISSUED_ON', label: '开具日期', required: true, form: 'day' },
    { fact: 'BASIS', label: '承诺依据', required: true, choices: ['委托检测', '自我检测', '内部质量控制', '自我承诺'] },
  ],
  PACKED: [{ fact: 'PACKING', label: '包装规格' }],
  STORED: [
    { fact: 'WAREHOUSE', label: '库房' },
    { fact: 'TEMPERATURE', label: '温度', hint: '如 0–2 ℃' },
  ],
  SHIPPED: [
    { fact: 'DESTINATION', label: '发往' },
    { fact: 'CARRIER', label: '承运方' },
  ],
}

/** 1234000 → "1,234 千克". */
export function kilos(grams: number): string {
  return `${(grams / 1000).toLocaleString('zh-CN', { maximumFractionDigits: 1 })} 千克`
}

export interface Part {
  label: string
  grams: number
  color: string
}

interface Balanced {
  harvestedGrams: number
  shrinkGrams: number
  allocatedGrams: number
  shelves: { unitGrams: number; added: number; lost: number; shipped: number; left: number }[]
}

/** What became of a harvest; the parts add up to all of it. */
export function balance(lot: Balanced): Part[] {
  const sum = (name: 'lost' | 'shipped' | 'left') =>
    lot.shelves.reduce((total, shelf) => total + shelf[name] * shelf.unitGrams, 0)
  return [
    { label: '已发货', grams: sum('shipped'), color: '#2f7d4f' },
    { label: '在架待发', grams: sum('left'), color: '#8fbf9f' },
    { label: '报损', grams: sum('lost'), color: '#d8352a' },
    { label: '可上架', grams: lot.harvestedGrams - lot.shrinkGrams - lot.allocatedGrams, color: '#e3c26b' },
    { label: '预计损耗', grams: lot.shrinkGrams, color: '#c9c3bb' },
  ].filter((part) => part.grams > 0)
}

/** The value as the server wants it: grams for kilograms. */
export function sent(field: Field, value: string): string {
  return field.form === 'kilos' ? String(Math.round(Number(value) * 1000)) : value.trim()
}
