import { Failure, sentenceOf } from '@/api/failure'
import { platform } from '@/platform'

/** A short message at the middle of the page. */
export function tell(title: string): void {
  uni.showToast({ title, icon: 'none', duration: 2200 })
}

export function tellFailure(caught: unknown): void {
  if (caught instanceof Failure && caught.kind === 'outdated') return offerRenewal(caught.message)
  tell(sentenceOf(caught))
}

/** A page of another release than the server cannot go on: the buyer is asked when to start it again. */
function offerRenewal(content: string): void {
  uni.showModal({
    title: '有新版本',
    content,
    confirmText: '刷新',
    cancelText: '稍后',
    confirmColor: '#D8352A',
    success: ({ confirm }) => confirm && platform().renew(),
  })
}

/** Asks before something that cannot be taken back. */
export function confirmed(title: string, content: string, confirmText = '确定'): Promise<boolean> {
  return new Promise((resolve) => {
    uni.showModal({
      title,
      content,
      confirmText,
      cancelText: '再想想',
      confirmColor: '#D8352A',
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false),
    })
  })
}
