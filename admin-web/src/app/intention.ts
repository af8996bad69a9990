/**
 * One key for one intention, kept by the tab until its answer has come: after a lost answer, even after the page was
 * loaded anew, asking again is the same request.
 */
export function intention(name: string, kept: Storage = sessionStorage): { key: string; done: () => void } {
  const at = `intention:${name}`
  const key = kept.getItem(at) ?? crypto.randomUUID()
  kept.setItem(at, key)
  return { key, done: () => kept.removeItem(at) }
}
