import { platform } from '@/platform'

/** Widths, in pixels, in which the server offers every picture. */
export type PictureWidth = 200 | 400 | 800

/** The address of a picture in one of its sizes; pictures of the mall have addresses that begin with a slash. */
export function pictureUrl(url: string, width: PictureWidth): string {
  const full = url.startsWith('/') ? platform().origin() + url : url
  return `${full}${full.includes('?') ? '&' : '?'}w=${width}`
}
