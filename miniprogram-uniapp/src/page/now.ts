import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { ref } from 'vue'

/** The time, ticking once a second while the page is shown. */
export function useNow() {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined

  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  onShow(() => {
    stop()
    now.value = Date.now()
    timer = setInterval(() => (now.value = Date.now()), 1000)
  })
  onHide(stop)
  onUnload(stop)
  return now
}
