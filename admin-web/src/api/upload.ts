import { ApiFailure } from './failure'
import type { Transport } from './transport'

export interface StoredImage {
  key: string
  url: string
}

export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp']
export const IMAGE_MAX_BYTES = 8 * 1024 * 1024

/** Why the file is not sent at all; null when it may be. */
export function imageFault(file: File): string | null {
  if (!IMAGE_TYPES.includes(file.type)) return '只支持 JPG、PNG、WebP 图片'
  return file.size > IMAGE_MAX_BYTES ? '图片不能超过 8 MB' : null
}

/** Sends one picture and answers the key under which a product, or an after-sale case, may name it. */
export async function uploadImage(transport: Transport, file: File, to = '/uploads/images'): Promise<StoredImage> {
  const body = new FormData()
  body.append('file', file)
  const response = await transport.fetch(to, { method: 'POST', body }).catch(() => null)
  if (!response) throw new ApiFailure({ kind: 'network', text: '图片没有传上去，请检查网络后重试' })
  const answer: unknown = await response.json().catch(() => null)
  const key = text(answer, 'key')
  const url = text(answer, 'url')
  if (!response.ok || !key || !url)
    throw new ApiFailure({ kind: 'server', text: text(answer, 'message') ?? '图片没有传上去，请换一张或稍后重试' })
  return { key, url }
}

function text(answer: unknown, name: string): string | undefined {
  const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined
  return typeof value === 'string' ? value : undefined
}
