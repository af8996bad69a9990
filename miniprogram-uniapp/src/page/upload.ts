import { mall, tokenStore } from '@/api/mall'
import { tell } from '@/page/tell'
import { platform } from '@/platform'
import { MeNameDocument } from '@/gql/graphql'

export const MOST_PICTURES = 9

/** Where a picture is handed in: for the sides of an after-sale case, or to be shown to others once it is checked. */
export type UploadDesk = 'evidence' | 'posted'

/** An uploaded picture: `key` goes into a mutation, `url` shows it for an hour. */
export interface Uploaded {
  key: string
  url: string
}

function chosen(count: number): Promise<string[]> {
  return new Promise((resolve) => {
    uni.chooseImage({
      count,
      sizeType: ['compressed'],
      success: ({ tempFilePaths }) => resolve([...tempFilePaths]),
      fail: () => resolve([]),
    })
  })
}

function sent(filePath: string, desk: UploadDesk): Promise<Uploaded | undefined> {
  return new Promise((resolve) => {
    uni.uploadFile({
      url: platform()
        .apiUrl()
        .replace(/\/graphql$/, `/uploads/${desk}`),
      filePath,
      name: 'file',
      header: { authorization: `Bearer ${tokenStore.access() ?? ''}` },
      success: ({ statusCode, data }) => {
        const answer = parsed(data)
        if (statusCode === 201 && answer.key && answer.url) return resolve({ key: answer.key, url: answer.url })
        tell(answer.message ?? '图片上传失败，请重试')
        resolve(undefined)
      },
      fail: () => {
        tell('网络不通，图片没有上传')
        resolve(undefined)
      },
    })
  })
}

function parsed(data: string): { key?: string; url?: string; message?: string } {
  try {
    return JSON.parse(data) as { key?: string; url?: string; message?: string }
  } catch {
    return {}
  }
}

/** Lets the buyer choose pictures and uploads them one after another; those that fail are told and left out. */
export async function addPictures(already: number, desk: UploadDesk): Promise<Uploaded[]> {
  const paths = await chosen(MOST_PICTURES - already)
  // An upload does not renew an outdated token by itself; a question does.
  if (paths.length) await mall.query(MeNameDocument, {})
  const taken: Uploaded[] = []
  for (const path of paths.slice(0, MOST_PICTURES - already)) {
    const one = await sent(path, desk)
    if (one) taken.push(one)
  }
  return taken
}
