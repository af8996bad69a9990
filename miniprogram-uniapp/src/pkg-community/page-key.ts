/** A name made once for what a page sends: sent again under it, it is the same thing. */
export function pageKey(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`
}
