import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { onUnmounted, ref } from 'vue'

/** The time, ticking once a second while the page is shown. */
export function useNow() {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined

  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  const start = () => {
    stop()
    now.value = Date.now()
    timer = setInterval(() => (now.value = Date.now()), 1000)
  }
  // At once too: a part of a page that is drawn later misses the page's own showing.
  start()
  onShow(start)
  onHide(stop)
  onUnload(stop)
  onUnmounted(stop)
  return now
}
