import type { Document, Variables } from '@/api/documents'
import { useApi } from '@/api/client'
import { isProblem, type Problem } from '@/api/failure'
import { tellDone, tellProblem, useAction } from '@/app/feedback'

/** One decision at the desk of content: sent once, told, and then the list is read again. */
export function useDecision(changed: () => void) {
  const api = useApi()
  const { busy, run } = useAction()

  async function decide<Vars extends Variables>(document: Document<Record<string, { __typename: 'Done' } | ({ __typename: 'Refused' } & Problem)>, Vars>, variables: Vars, done: string): Promise<void> {
    await run(async () => {
      const [answer] = Object.values(await api.ask(document, variables))
      if (answer && isProblem(answer)) tellProblem(answer)
      else tellDone(done)
      changed()
    })
  }

  return { busy, decide }
}
