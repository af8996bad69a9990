import { mall } from '@/api/mall'
import { Failure } from '@/api/failure'
import { tell } from '@/page/tell'
import { platform } from '@/platform'
import { FinishUploadDocument, RequestUploadDocument, type UploadKind } from '@/gql/graphql'

export const MOST_PICTURES = 9
const TRIES = 3
const TYPES: Record<string, string> = { png: 'image/png', webp: 'image/webp' }

/** What a picture is for: the sides of an after-sale case, or to be shown to others once it is checked. */
export type UploadDesk = Extract<UploadKind, 'EVIDENCE' | 'POSTED'>

/** An uploaded picture: `key` goes into a mutation, `url` shows it for an hour. */
export interface Uploaded {
  key: string
  url: string
}

interface Chosen {
  path: string
  size: number
  type: string
}

/** What the picture is taken for; what it is, the server sees by its bytes. */
export function typeOf(path: string, told?: string): string {
  return told || (TYPES[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'image/jpeg')
}

function chosen(count: number): Promise<Chosen[]> {
  return new Promise((resolve) => {
    uni.chooseImage({
      count,
      sizeType: ['compressed'],
      success: ({ tempFilePaths, tempFiles }) => {
        const files = [tempFiles].flat() as { size: number; type?: string }[]
        const paths = [tempFilePaths].flat()
        resolve(
          paths.map((path, place) => ({
            path,
            size: files[place]?.size ?? 0,
            type: typeOf(path, files[place]?.type),
          })),
        )
      },
      fail: () => resolve([]),
    })
  })
}

function posted(url: string, fields: { name: string; value: string }[], filePath: string): Promise<number> {
  return new Promise((resolve) => {
    uni.uploadFile({
      url: url.startsWith('/') ? platform().origin() + url : url,
      filePath,
      name: 'file',
      formData: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
      success: ({ statusCode }) => resolve(statusCode),
      fail: () => resolve(0),
    })
  })
}

/** What may be done twice is done again when the answer was lost. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (caught) {
      if (!(caught instanceof Failure) || caught.kind !== 'network' || tries === TRIES) throw caught
    }
  }
}

/** Straight to the object store, then a word that it is there. */
async function sent(picture: Chosen, kind: UploadDesk): Promise<Uploaded | undefined> {
  const input = { kind, byteSize: picture.size, contentType: picture.type }
  const { requestUpload: form } = await again(() => mall.mutate(RequestUploadDocument, { input }))
  if (form.__typename === 'Refused') return refused(form.message)
  let status = 0
  for (let tries = 0; tries < TRIES && (status === 0 || status >= 500); tries += 1)
    status = await posted(form.url, form.fields, picture.path)
  if (status === 0) return refused('网络不通，图片没有上传')
  if (status >= 300) return refused('图片上传失败，请重试')
  const { finishUpload: file } = await again(() => mall.mutate(FinishUploadDocument, { id: form.id }))
  return file.__typename === 'UploadedFile' ? { key: file.key, url: file.url } : refused(file.message)
}

function refused(message: string): undefined {
  tell(message)
  return undefined
}

/** Lets the buyer choose pictures and uploads them one after another; those that fail are told and left out. */
export async function addPictures(already: number, desk: UploadDesk): Promise<Uploaded[]> {
  const pictures = await chosen(MOST_PICTURES - already)
  const taken: Uploaded[] = []
  for (const picture of pictures.slice(0, MOST_PICTURES - already)) {
    try {
      const one = await sent(picture, desk)
      if (one) taken.push(one)
    } catch (caught) {
      if (!(caught instanceof Failure)) throw caught
      refused(caught.message)
      break // the next one would meet the same
    }
  }
  return taken
}
