/** Chinese words for what the house counts, as the server names it; a name that is not known is shown as it is. */

export interface Figure {
  name: string
  value: number
}

export interface Group {
  title: string
  rows: Figure[]
}

const GROUPS: Record<string, string> = {
  responses: '匿名响应缓存',
  rooms: '准入与排队',
  sockets: '长连接',
  rates: '限流器',
}

const WORDS: Record<string, string> = {
  raw: '命中（未解析请求）',
  memory: '命中（进程内）',
  stale: '命中（过期后先用旧的）',
  shared: '命中（Valkey 共享）',
  joined: '搭车（等同一次执行）',
  run: '未命中，已执行',
  renewed: '后台更新',
  failed: '执行失败',
  overtaken: '读取时已变更',
  refused: '被拒绝',
  private: '因人而异，不缓存',
  dropped: '因数据变更失效',
  entries: '现有条目',
  bytes: '占用内存',
  evicted: '被挤出',
  away: 'Valkey 不可用次数',
  listening: '正在收听变更的进程',
  running: '正在执行',
  waiting: '正在排队',
  admitted: '已放行',
  queued: '排过队',
  open: '当前连接',
  topics: '正在推送的主题',
  executed: '推送前的执行',
  delivered: '已送达消息',
}

/** The same word means something else in another part of the house. */
const OWN_WORDS: Record<string, string> = {
  'responses.refused': '含错误，不缓存',
  'sockets.dropped': '因接收过慢中断',
}

const ROOMS: Record<string, string> = { checkout: '下单', browse: '浏览', export: '导出' }

const CODES: Record<string, string> = {
  THROTTLED: '请求太频繁',
  BUSY: '服务器已满',
  DEADLINE: '超过时限',
  UNKNOWN_DOCUMENT: '未登记的查询',
  BAD_USER_INPUT: '查询或变量有误',
  BAD_REQUEST: '请求格式不正确',
  UNAUTHENTICATED: '未登录',
  FORBIDDEN: '没有权限',
  TOO_COSTLY: '查询代价过高',
  METHOD_NOT_ALLOWED: '请求方法不对',
}

export function codeWord(code: string): string {
  return CODES[code] ?? code
}

/** `rooms.browse.running` as 浏览 · 正在执行. */
export function figureWord(name: string): string {
  const [group = '', ...rest] = name.split('.')
  const last = rest.at(-1) ?? group
  const word = OWN_WORDS[`${group}.${last}`] ?? WORDS[last] ?? last
  const between = rest.slice(0, -1).map((part) => ROOMS[part] ?? part)
  return [...between, word].join(' · ')
}

/** The figures by the part of the house that tells them, known parts first. */
export function groupsOf(figures: readonly Figure[]): Group[] {
  const order = [...Object.keys(GROUPS), ...figures.map(({ name }) => keyOf(name))]
  const found = new Map<string, Figure[]>()
  for (const key of order) {
    const rows = figures.filter(({ name }) => keyOf(name) === key)
    if (rows.length > 0) found.set(key, rows)
  }
  return [...found].map(([key, rows]) => ({ title: GROUPS[key] ?? key, rows }))
}

function keyOf(name: string): string {
  return name.split('.')[0] ?? name
}

/** The share of anonymous answers that needed no execution; null when nothing was asked yet. */
export function hitShare(figures: readonly Figure[]): number | null {
  const value = (last: string): number => figures.find(({ name }) => name === `responses.${last}`)?.value ?? 0
  const hits = ['raw', 'memory', 'stale', 'shared', 'joined'].reduce((sum, last) => sum + value(last), 0)
  // What was answered before the request was read is counted among those of the memory as well.
  const answered = hits - value('raw') + value('run')
  return answered > 0 ? (hits - value('raw')) / answered : null
}

const UNITS = ['B', 'KB', 'MB', 'GB']

/** Counts with separators; bytes in the unit people read. */
export function figureText({ name, value }: Figure): string {
  if (!name.endsWith('.bytes')) return Math.round(value).toLocaleString('zh-CN')
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, value)) / 10))
  return `${(value / 1024 ** step).toFixed(step ? 1 : 0)} ${UNITS[step]}`
}

export function share(part: number, whole: number): string {
  return whole > 0 ? `${((part / whole) * 100).toFixed(1)}%` : '—'
}

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} 毫秒` : `${Math.round(value)} 毫秒`
}
