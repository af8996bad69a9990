import { useApi } from '@/api/client'
import { MerchantPlanClashesDocument, PlatformPlanClashesDocument, type CampaignKind, type ClashFieldsFragment as Clash } from '@/gql/graphql'

/** What is said of clashes before something is published; nothing where there are none. */
export function clashText(clashes: readonly Clash[]): string {
  if (!clashes.length) return ''
  return `请注意：${clashes.map((clash) => clash.why).join('；')}。`
}

/** Asks what is in the way of a plan, for the question before it is published. Publishing does not hang on it. */
export function useClashes(platform: boolean): (kind: CampaignKind, id: string) => Promise<string> {
  const api = useApi()
  async function ask(kind: CampaignKind, id: string): Promise<Clash[]> {
    if (platform) return (await api.ask(PlatformPlanClashesDocument, { kind, id })).platformPlanClashes
    return (await api.ask(MerchantPlanClashesDocument, { kind, id })).merchantPlanClashes
  }
  return async (kind, id) => clashText(await ask(kind, id).catch(() => []))
}
