/** A random name for one intent, so that a repeated tap or a repeated request is recognised as the same one. */
export function newErrand(random: () => number = Math.random): string {
  // `crypto.randomUUID` does not exist in WeChat; the server binds the name to the member, so guessing it gains nothing.
  const digits = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('')
  return `${Date.now().toString(36)}-${digits}`
}
