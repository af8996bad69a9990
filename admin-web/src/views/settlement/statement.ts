import type { SettlementFieldsFragment } from '@/gql/graphql'
import { formatMoment } from '@/app/format'
import { yuanFromFen } from '@/app/money'
import { SETTLEMENTS } from './words'

/** Pages of this size are fetched for a download; of more rows than `MOST` a shorter period must be chosen. */
export const PAGE = 100
export const MOST = 5000

const HEAD = ['订单号', '结算日期', '结算基数(元)', '其中平台补贴(元)', '平台服务费(元)', '支付手续费(元)', '应结金额(元)', '状态', '可提现时间']

/** A statement as spreadsheets read it: UTF-8 with its mark, numbers of orders as text, amounts in yuan. */
export function statementCsv(rows: readonly SettlementFieldsFragment[]): string {
  const sum = (pick: (row: SettlementFieldsFragment) => number): string => yuanFromFen(rows.reduce((total, row) => total + pick(row), 0))
  const lines = rows.map((row) => [
    `\t${row.orderNumber}`,
    formatMoment(row.settledAt),
    yuanFromFen(row.held),
    yuanFromFen(row.subsidy),
    yuanFromFen(row.commission),
    yuanFromFen(row.fee),
    yuanFromFen(row.net),
    SETTLEMENTS[row.state].text,
    row.sharedAt ? formatMoment(row.sharedAt) : '',
  ])
  const total = ['合计', '', sum((row) => row.held), sum((row) => row.subsidy), sum((row) => row.commission), sum((row) => row.fee), sum((row) => row.net), '', '']
  return '\ufeff' + [HEAD, ...lines, total].map((cells) => cells.map(quoted).join(',')).join('\r\n') + '\r\n'
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
