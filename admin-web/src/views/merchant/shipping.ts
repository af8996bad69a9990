/** One line of a pasted or uploaded batch, before the server has seen it. */
export interface BatchRow {
  /** Line in the text, from 1. */
  line: number
  number: string
  carrier: string
  /** Code of the carrier, when the words were understood. */
  carrierCode: string | null
  tracking: string
  /** What is wrong with the line; such a line is not sent. */
  fault: string | null
}

export interface CarrierChoice {
  code: string
  name: string
}

export const TRACKING_RULE = '运单号须为 8 到 30 位字母、数字或短横线'
/** One request carries at most this many orders. */
export const BATCH_LIMIT = 100

export function isTrackingNumber(text: string): boolean {
  return /^[A-Za-z0-9-]{8,30}$/.test(text)
}

const HEADINGS = /订单号|order/i

/** Splits pasted table cells or CSV into rows and says what is wrong with each, duplicates included. */
export function parseBatch(text: string, carriers: CarrierChoice[]): BatchRow[] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((content, index) => ({ content: content.trim(), line: index + 1 }))
    .filter(({ content, line }) => content !== '' && !(line === 1 && HEADINGS.test(content)))
    .map(({ content, line }) => toRow(cells(content), line, carriers))
  return markRepeated(rows)
}

/** Cells are parted by tab, comma (either width) or blanks; quotes of a spreadsheet's CSV are taken off. */
function cells(content: string): string[] {
  const parts = content.includes('\t') ? content.split('\t') : content.split(/[,，;；]/)
  const found = parts.length > 1 ? parts : content.split(/\s+/)
  return found.map((cell) => keptAsText(unquoted(cell.trim())))
}

function unquoted(cell: string): string {
  return /^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"').trim() : cell
}

/** Spreadsheets write a long number as ="0012" to keep its zeros. */
function keptAsText(cell: string): string {
  return /^="(.*)"$/.exec(cell)?.[1] ?? cell
}

function toRow(found: string[], line: number, carriers: CarrierChoice[]): BatchRow {
  const [number = '', carrier = '', tracking = ''] = found
  const known = carriers.find(({ code, name }) => code.toLowerCase() === carrier.toLowerCase() || name === carrier)
    ?? carriers.find(({ name }) => carrier.length >= 2 && name.includes(carrier))
  const row = { line, number, carrier, carrierCode: known?.code ?? null, tracking }
  return { ...row, fault: faultOf(row, found.length) }
}

function faultOf(row: Omit<BatchRow, 'fault'>, width: number): string | null {
  if (width < 3) return '每行需要三列：订单号、承运商、运单号'
  if (!/^[A-Za-z0-9-]{6,40}$/.test(row.number)) return '订单号格式不对'
  if (row.carrierCode === null) return `不认识的承运商「${row.carrier}」`
  return isTrackingNumber(row.tracking) ? null : TRACKING_RULE
}

function markRepeated(rows: BatchRow[]): BatchRow[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    if (row.fault) return row
    const before = first.get(row.number)
    if (before !== undefined) return { ...row, fault: `与第 ${before} 行的订单号重复` }
    first.set(row.number, row.line)
    return row
  })
}
