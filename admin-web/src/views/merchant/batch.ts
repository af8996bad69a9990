import type { Api } from '@/api/client'
import { ORDER_STATES } from '@/app/labels'
import { MerchantShipOrdersDocument, OrdersToShipDocument, type OrdersToShipQuery } from '@/gql/graphql'
import type { BatchRow } from './shipping'

export type ShipOutcome = { ok: true } | { ok: false; text: string }

type Known = OrdersToShipQuery['merchantOrders']['items'][number]

const PAGE_SIZE = 50
/** Where more orders wait than these pages hold, the rest is looked up one by one. */
const PAGES = 10

/** Ships the rows and answers, for each line, what became of it. */
export async function shipBatch(api: Api, rows: BatchRow[]): Promise<Map<number, ShipOutcome>> {
  const orders = await findOrders(api, rows.map((row) => row.number))
  const outcomes = new Map<number, ShipOutcome>()
  const inputs = rows.flatMap((row) => {
    const order = orders.get(row.number)
    const fault = cannotShip(order)
    if (fault !== null) outcomes.set(row.line, { ok: false, text: fault })
    if (fault !== null || !order || row.carrierCode === null) return []
    return [{ line: row.line, input: { orderId: order.id, carrier: row.carrierCode, trackingNumber: row.tracking } }]
  })
  if (inputs.length === 0) return outcomes
  const { merchantShipOrders: answers } = await api.ask(MerchantShipOrdersDocument, { inputs: inputs.map(({ input }) => input) })
  const byOrder = new Map(answers.map((answer) => [answer.orderId, answer]))
  for (const { line, input } of inputs) {
    const answer = byOrder.get(input.orderId)
    outcomes.set(line, answer?.order ? { ok: true } : { ok: false, text: answer?.problem?.message ?? '服务器没有返回结果' })
  }
  return outcomes
}

function cannotShip(order: Known | undefined): string | null {
  if (!order) return '没有这个订单'
  return order.state === 'AWAITING_SHIPMENT' ? null : `订单${ORDER_STATES[order.state].text}，不能发货`
}

/** The orders behind the numbers: first from the list of those waiting, then by number. */
async function findOrders(api: Api, numbers: string[]): Promise<Map<string, Known>> {
  const wanted = new Set(numbers)
  const found = new Map<string, Known>()
  for (let page = 1; page <= PAGES && found.size < wanted.size; page += 1) {
    const { merchantOrders } = await api.ask(OrdersToShipDocument, { filter: { state: 'AWAITING_SHIPMENT' }, page, size: PAGE_SIZE })
    for (const order of merchantOrders.items) if (wanted.has(order.number)) found.set(order.number, order)
    if (page * PAGE_SIZE >= merchantOrders.total) break
  }
  for (const number of wanted) {
    if (found.has(number)) continue
    const { merchantOrders } = await api.ask(OrdersToShipDocument, { filter: { text: number }, page: 1, size: 5 })
    const order = merchantOrders.items.find((item) => item.number === number)
    if (order) found.set(number, order)
  }
  return found
}
