import { defineStore } from 'pinia'
import { ref } from 'vue'
import { mall } from '@/api/mall'
import { MyMessageChoicesDocument, type MessageKind, type MyMessageChoicesQuery } from '@/gql/graphql'
import { platform } from '@/platform'

export type MessageChoice = MyMessageChoicesQuery['myMessageChoices'][number]

/** WeChat asks for three at once; newer phones for more, which nobody would read. */
const MOST = 3

/** What the member may have by WeChat. Read before a tap, since WeChat asks only in the tap itself. */
export const useMessages = defineStore('messages', () => {
  const choices = ref<MessageChoice[]>([])

  /** Where it cannot be known nobody is asked for anything. */
  async function read(): Promise<void> {
    const answer = await mall.query(MyMessageChoicesDocument, {}).catch(() => undefined)
    choices.value = answer?.myMessageChoices ?? []
  }

  /** Asks for the kinds that the mall has, in their order; whether one was accepted. */
  async function ask(kinds: MessageKind[]): Promise<boolean> {
    const known = kinds.flatMap((kind) => choices.value.filter((choice) => choice.kind === kind))
    const ids = known.slice(0, MOST).map((choice) => choice.templateId)
    return ids.length > 0 && platform().asksMessages && (await platform().askMessages(ids))
  }

  return { choices, read, ask }
})
