import { ElNotification, type NotificationHandle } from 'element-plus'
import { defineStore } from 'pinia'
import { onScopeDispose, ref } from 'vue'
import { useRouter } from 'vue-router'
import { useApi } from '@/api/client'
import { MerchantOrderArrivedDocument, type OrderRowFragment } from '@/gql/graphql'
import { formatFen } from './money'

/** How many arrivals are remembered for highlighting. */
const KEEP = 100

/** Orders that came in while the console was open. */
export const useArrivals = defineStore('arrivals', () => {
  const latest = ref<OrderRowFragment | null>(null)
  const fresh = ref<string[]>([])
  const unseen = ref(0)
  /** Grows with each arrival and each reconnection: lists reload when it does. */
  const round = ref(0)

  /** False when the order was announced before: a redelivered event is no second order. */
  function add(order: OrderRowFragment): boolean {
    if (fresh.value.includes(order.id)) return false
    latest.value = order
    fresh.value = [order.id, ...fresh.value].slice(0, KEEP)
    unseen.value += 1
    round.value += 1
    return true
  }
  function resync(): void {
    round.value += 1
  }
  function seen(): void {
    unseen.value = 0
  }
  return { latest, fresh, unseen, round, add, resync, seen }
})

/** Listens for paid orders of the merchant as long as the calling component lives. */
export function followArrivals(): void {
  const store = useArrivals()
  const router = useRouter()
  const { live } = useApi()
  const end = live.listen(MerchantOrderArrivedDocument, {}, ({ merchantOrderArrived: order }) => {
    if (store.add(order)) announce(order, store.unseen, () => void router.push(`/orders/${order.id}`))
  })
  onScopeDispose(end)
  onScopeDispose(live.onResync(() => store.resync()))
}

/** One notice at a time: in a busy hour they would cover the page. */
let notice: NotificationHandle | null = null

function announce(order: OrderRowFragment, unseen: number, open: () => void): void {
  const first = order.lines[0]
  const more = order.lines.length > 1 ? ` 等 ${order.lines.length} 种` : ''
  const others = unseen > 1 ? `（共 ${unseen} 个未查看）` : ''
  notice?.close()
  notice = ElNotification({
    title: `新订单 ${formatFen(order.total)}`,
    message: `${first ? `${first.title}${more}` : ''}，订单号 ${order.number}${others}`,
    type: 'success',
    position: 'top-right',
    offset: 66,
    duration: 6000,
    onClick: open,
  })
}
