import { ApiFailure } from '@/api/failure'

export const CLIP_TYPES = ['video/mp4', 'video/quicktime']
export const CLIP_MAX_BYTES = 50 * 1024 * 1024
const LONGEST_SIDE = 1600
const PATIENCE_MS = 15_000

/** Why the video is not sent at all; null when it may be. */
export function clipFault(file: File): string | null {
  if (!CLIP_TYPES.includes(file.type)) return '只支持 MP4 视频'
  return file.size > CLIP_MAX_BYTES ? '视频不能超过 50 MB，请剪短或压缩' : null
}

/** A picture of the video's first second, drawn by this browser, which so shows that it can play it. */
export async function posterOf(file: File): Promise<File> {
  const video = document.createElement('video')
  Object.assign(video, { muted: true, playsInline: true, preload: 'auto', src: URL.createObjectURL(file) })
  try {
    await heard(video, 'loadeddata')
    video.currentTime = Math.min(1, video.duration / 2)
    await heard(video, 'seeked')
    const shrink = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(video.videoWidth * shrink)
    canvas.height = Math.round(video.videoHeight * shrink)
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
    if (!blob) throw unplayable()
    return new File([blob], 'poster.jpg', { type: 'image/jpeg' })
  } finally {
    URL.revokeObjectURL(video.src)
  }
}

function heard(video: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unplayable()), PATIENCE_MS)
    video.addEventListener(event, () => (clearTimeout(timer), resolve()), { once: true })
    video.addEventListener('error', () => (clearTimeout(timer), reject(unplayable())), { once: true })
  })
}

function unplayable(): ApiFailure {
  return new ApiFailure({ kind: 'server', text: '这个视频播放不了；苹果手机请在“设置 › 相机 › 格式”里选“兼容性最佳”再录' })
}
