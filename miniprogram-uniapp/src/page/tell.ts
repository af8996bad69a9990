import { sentenceOf } from '@/api/failure'

/** A short message at the middle of the page. */
export function tell(title: string): void {
  uni.showToast({ title, icon: 'none', duration: 2200 })
}

export function tellFailure(caught: unknown): void {
  tell(sentenceOf(caught))
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
