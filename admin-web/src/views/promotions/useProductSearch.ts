import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { useAsk } from '@/api/useAsk'
import { MerchantCampaignProductsDocument, PlatformCampaignProductsDocument, type ProductChoiceFragment as Product } from '@/gql/graphql'

interface Search {
  products: ComputedRef<readonly Product[]>
  searching: ComputedRef<boolean>
  text: Ref<string>
}

/** Products on sale whose title has `text` in it: the shop's own, or of all shops. */
export function useProductSearch(platform: boolean): Search {
  const text = ref('')
  const asked = () => ({ text: text.value.trim().slice(0, 60) || null })
  const own = useAsk(MerchantCampaignProductsDocument, asked, { pause: () => platform })
  const all = useAsk(PlatformCampaignProductsDocument, asked, { pause: () => !platform })
  return {
    products: computed(() => (platform ? all.data.value?.platformProducts.items : own.data.value?.merchantProducts.items) ?? []),
    searching: computed(() => (platform ? all : own).refreshing.value),
    text,
  }
}
