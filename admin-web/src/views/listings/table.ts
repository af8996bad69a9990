import { ApiFailure } from '@/api/failure'
import type { Transport } from '@/api/transport'

export interface TableRow {
  line: number
  title: string
  sku: string
  problem: string
  note: string
}

const LOST = '网络断开了，请重新上传同一个文件：已导入的不会重复'

function text(from: unknown, name: string): string {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
  return typeof value === 'string' ? value : ''
}

function number(from: unknown, name: string): number {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
  return typeof value === 'number' ? value : 0
}

function rowsOf(from: unknown): TableRow[] {
  const rows: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, 'rows') : undefined
  return Array.isArray(rows) ? rows.map((row: unknown) => ({ line: number(row, 'line'), title: text(row, 'title'), sku: text(row, 'sku'), problem: text(row, 'problem'), note: text(row, 'note') })) : []
}

async function send(transport: Transport, path: string, file: File): Promise<Response> {
  const response = await transport.fetch(path, { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } }).catch(() => null)
  if (!response) throw new ApiFailure({ kind: 'network', text: LOST })
  if (response.ok) return response
  const answer: unknown = await response.json().catch(() => null)
  throw new ApiFailure({ kind: 'server', text: text(answer, 'message') || '文件没有传上去，请稍后重试' })
}

/** What is wrong with each row; nothing is written. */
export async function lookAtTable(transport: Transport, file: File): Promise<TableRow[]> {
  const answer: unknown = await (await send(transport, '/uploads/products', file)).json()
  return rowsOf(answer)
}

/** Imports what is right, and tells of each product as it is done. The same file may be sent again. */
export async function importTable(transport: Transport, file: File, tell: (done: number, of: number, rows: TableRow[]) => void): Promise<void> {
  const response = await send(transport, '/uploads/products?apply=1', file)
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (let finished = !reader; !finished; ) {
    const part = await reader?.read().catch(() => {
      throw new ApiFailure({ kind: 'network', text: LOST })
    })
    finished = part?.done ?? true
    rest += decoder.decode(part?.value, { stream: !finished })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const told: unknown = JSON.parse(line)
      tell(number(told, 'done'), number(told, 'of'), rowsOf(told))
    }
  }
}

/** Hands a file of the server to the browser; an address alone would be asked for without the token. */
export async function download(transport: Transport, path: string, name: string): Promise<void> {
  const response = await transport.fetch(path, { method: 'GET' }).catch(() => null)
  if (!response?.ok) throw new ApiFailure({ kind: 'network', text: '文件没有下载成功，请检查网络后重试' })
  const url = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
