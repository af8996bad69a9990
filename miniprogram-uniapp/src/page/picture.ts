import { platform } from '@/platform'

/** Widths, in pixels, in which the server offers every picture. */
export type PictureWidth = 200 | 400 | 800

/** The whole address of a file; those that lie on the mall's host begin with a slash. */
export function fileUrl(url: string): string {
  return url.startsWith('/') ? platform().origin() + url : url
}

/** A picture with the place to look at, in thousandths from the left and the top. */
export interface Focused {
  width: number
  height: number
  focusX: number
  focusY: number
}

/**
 * Where a picture stands behind a frame of the given shape (width by height), so that what is cut off is cut off around
 * the place to look at. WeChat's own cutting only knows the middle, and is left to it.
 */
export function crop(picture: Focused | null | undefined, shape: number): string {
  if (!picture || (picture.focusX === 500 && picture.focusY === 500)) return ''
  const own = picture.width / picture.height
  const wider = own > shape
  const [width, height] = wider ? [own / shape, 1] : [1, shape / own]
  const left = (1 - width) * (picture.focusX / 1000)
  const top = (1 - height) * (picture.focusY / 1000)
  const [x, y, across, down] = [left, top, width, height].map((part) => `${(part * 100).toFixed(2)}%`)
  return `position:absolute;left:${x};top:${y};width:${across};height:${down}`
}

/** The address of a picture in one of its sizes; pictures of the mall have addresses that begin with a slash. */
export function pictureUrl(url: string, width: PictureWidth): string {
  const full = fileUrl(url)
  return `${full}${full.includes('?') ? '&' : '?'}w=${width}`
}
