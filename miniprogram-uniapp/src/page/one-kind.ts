import { computed, ref, type Ref } from 'vue'
import type { OneKindFragment } from '@/gql/graphql'
import { useChosenAddress } from '@/stores/chosen-address'
import { newErrand } from '@/text/errand'
import { yuan } from '@/text/money'
import { useBusy } from './busy'
import { address, back, go } from './go'
import { confirmed, tell } from './tell'

interface Refusal {
  __typename: 'OutOfStock' | 'Undeliverable' | 'Refused'
  code: string
  message: string
  field?: string | null
}

/** What is shown before ordering: the sums, or why it cannot be had so. */
export type OneKindChecked = (OneKindFragment & { __typename: 'CheckoutPreview' }) | Refusal

/** What placing the order answers. */
export type OneKindPlaced =
  | { __typename: 'Trade'; id: string }
  | { __typename: 'PriceChanged'; message: string; total: number }
  | Refusal

/** What every way of ordering says of the order; each adds its own. */
export interface OneKindInput {
  idempotencyKey: string
  quantity: number
  addressId: string
  expectedTotal: number
  noReturnConfirmed: boolean
}

/**
 * The page on which one kind of goods is ordered at a price of its own: in a group, a flash sale, a presale. `answer` is what the last
 * look at it gave, `look` looks again.
 */
export function useOneKind(answer: Ref<OneKindChecked | undefined>, look: () => Promise<void>) {
  const quantity = ref(1)
  const waived = ref(false)
  const chosen = useChosenAddress()
  const { busy, run } = useBusy()
  // Once per visit: a repeated tap or a repeated request gives the same trade.
  const idempotencyKey = newErrand()
  let placed = false
  chosen.id = ''

  const preview = computed(() => (answer.value?.__typename === 'CheckoutPreview' ? answer.value : undefined))
  const problem = computed(() =>
    answer.value && answer.value.__typename !== 'CheckoutPreview' ? answer.value : undefined,
  )
  const needsWaiver = computed(() => Boolean(preview.value?.needsReturnWaiver.length))
  /** What can be done about the problem, next to going back by oneself. */
  const wayOut = computed(() => {
    if (problem.value?.__typename === 'Undeliverable') return { name: '换收货地址', go: () => go.addresses(true) }
    if (problem.value && quantity.value > 1) return { name: '改为 1 件', go: () => change(1) }
    return { name: '返回', go: () => back() }
  })

  function change(wanted: number): void {
    quantity.value = wanted
    void look()
  }

  /** Places the order once all is said that must be. `refused` may take a refusal for itself by answering true. */
  function submit(place: (input: OneKindInput) => Promise<OneKindPlaced>, refused?: (why: Refusal) => boolean): void {
    const shown = preview.value
    if (!shown || placed) return
    const destination = shown.address
    if (!destination) return tell('请先选择收货地址')
    if (needsWaiver.value && !waived.value) return tell('请先勾选退货规则的确认')
    void run(async () => {
      const said = { quantity: quantity.value, addressId: destination.id, expectedTotal: shown.total }
      const answer = await place({ idempotencyKey, ...said, noReturnConfirmed: waived.value })
      if (answer.__typename === 'Trade') {
        placed = true
        uni.redirectTo({ url: address('/pkg-trade/cashier/cashier', { trade: answer.id }) })
      } else if (answer.__typename === 'PriceChanged') {
        await look()
        await confirmed('价格有变动', `现在应付 ¥${yuan(answer.total)}，请核对后重新提交。`, '知道了')
      } else if (!refused?.(answer)) tell(answer.message)
    })
  }

  return { quantity, waived, chosen, busy, preview, problem, needsWaiver, wayOut, change, submit }
}
