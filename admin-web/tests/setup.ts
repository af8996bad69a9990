import { config } from '@vue/test-utils'
import { afterEach, vi } from 'vitest'

// jsdom draws nothing and measures nothing: these are what Element Plus asks for when it lays out.
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal('ResizeObserver', NoObserver)
vi.stubGlobal('IntersectionObserver', NoObserver)
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
vi.stubGlobal('innerWidth', 1440)
Element.prototype.scrollTo = () => undefined
// Charts need a canvas; their figures are tested where they are computed.
config.global.stubs = { VChart: true, transition: true }

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  document.body.innerHTML = ''
})
