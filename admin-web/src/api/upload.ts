import { FinishUploadDocument, RequestUploadDocument, type FinishUploadMutation, type RequestUploadMutation, type UploadKind } from '@/gql/graphql'
import type { Api } from './client'
import { ApiFailure, isProblem } from './failure'

export interface StoredImage {
  key: string
  url: string
}

/** From 0 to 1, of the bytes that have left. */
export type Progress = (share: number) => void
/** Sends one form and answers the status of the store; rejects when it cannot be reached. */
export type Post = (url: string, form: FormData, progress: Progress) => Promise<number>

type Form = Extract<RequestUploadMutation['requestUpload'], { __typename: 'UploadForm' }>
type Stored = Extract<FinishUploadMutation['finishUpload'], { __typename: 'UploadedFile' }>

export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp']
export const IMAGE_MAX_BYTES = 8 * 1024 * 1024
const TRIES = 3
const OFFLINE = new ApiFailure({ kind: 'network', text: '文件没有传上去，请检查网络后重试' })

/** Why the file is not sent at all; null when it may be. */
export function imageFault(file: File): string | null {
  if (!IMAGE_TYPES.includes(file.type)) return '只支持 JPG、PNG、WebP 图片'
  return file.size > IMAGE_MAX_BYTES ? '图片不能超过 8 MB' : null
}

/** A stored picture or video is named by the last part of its path, without the width asked for. */
export function imageKey(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)).replace(/\.mp4$/, '')
}

/** The address of a picture in one of its sizes; addresses of cases and reviews have a query already. */
export function sized(url: string, width: 200 | 400 | 800): string {
  return `${url}${url.includes('?') ? '&' : '?'}w=${width}`
}

/**
 * Sends one file straight to the object store and answers the key under which other operations may name it. The form
 * and the finish may be repeated: a lost answer costs nothing.
 */
export async function uploadFile(api: Api, file: File, kind: UploadKind = 'PRODUCT', progress: Progress = () => undefined, post: Post = posted): Promise<Stored> {
  const { requestUpload: asked } = await api.ask(RequestUploadDocument, { input: { kind, byteSize: file.size, contentType: file.type } })
  if (isProblem(asked)) throw new ApiFailure({ kind: 'server', text: asked.message })
  await sent(asked, file, progress, post)
  for (let tries = 1; ; tries += 1) {
    try {
      const { finishUpload: made } = await api.ask(FinishUploadDocument, { id: asked.id })
      if (isProblem(made)) throw new ApiFailure({ kind: 'server', text: made.message })
      return made
    } catch (fault) {
      if (!(fault instanceof ApiFailure) || fault.failure.kind !== 'network' || tries === TRIES) throw fault
    }
  }
}

async function sent(asked: Form, file: File, progress: Progress, post: Post): Promise<void> {
  const form = new FormData()
  for (const { name, value } of asked.fields) form.append(name, value)
  form.append('file', file)
  for (let tries = 1; ; tries += 1) {
    const status = await post(asked.url, form, progress).catch(() => 0)
    if (status >= 200 && status < 300) return
    // Refused for good: the form says no, and will again.
    if (status >= 400 && status < 500) throw new ApiFailure({ kind: 'server', text: '文件没有传上去，请换一个或稍后重试' })
    if (tries === TRIES) throw OFFLINE
  }
}

/** `fetch` cannot tell how far it is. */
function posted(url: string, form: FormData, progress: Progress): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => resolve(request.status)
    request.onerror = () => reject(new TypeError('the store cannot be reached'))
    request.send(form)
  })
}
