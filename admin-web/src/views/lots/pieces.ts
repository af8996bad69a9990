import type { Api } from '@/api/client'
import { isProblem, type Problem } from '@/api/failure'
import { MerchantTakePieceCodesDocument } from '@/gql/graphql'

/** As many codes as the server gives at once, and as many labels as a page of the browser prints well. */
export const TAKEN = 2000
export const PRINTED = 200
export const MOST_PIECES = 20_000

/** What is printed as a QR code: an address of the mall's own, which any scanner opens. */
export function addressOf(code: string, origin: string): string {
  return `${origin}/t/${code}`
}

/** All codes of a batch, as a table for a printing house: number, code, address. `told` hears how many are there. */
export async function codesCsv(
  api: Pick<Api, 'ask'>,
  batch: { id: string; pieces: number },
  origin: string,
  told: (done: number) => void,
): Promise<string | Problem> {
  const lines = ['序号,一物一码,网址']
  for (let start = 1; start <= batch.pieces; start += TAKEN) {
    const { merchantTakePieceCodes: answer } = await api.ask(MerchantTakePieceCodesDocument, { batchId: batch.id, start, count: TAKEN })
    if (isProblem(answer)) return answer
    lines.push(...answer.codes.map((code, place) => `${start + place},${code},${addressOf(code, origin)}`))
    told(Math.min(start + TAKEN - 1, batch.pieces))
  }
  return '\ufeff' + lines.join('\r\n') + '\r\n'
}
