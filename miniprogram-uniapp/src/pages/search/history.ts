const KEY = 'mall.searches'

/** How many searches are remembered on this device. */
export const HISTORY_LENGTH = 12

export function readHistory(): string[] {
  const kept: unknown = uni.getStorageSync(KEY)
  return Array.isArray(kept) ? kept.filter((entry): entry is string => typeof entry === 'string') : []
}

/** Puts the newest search in front, once. */
export function remember(words: string): string[] {
  const rest = readHistory().filter((entry) => entry !== words)
  const history = [words, ...rest].slice(0, HISTORY_LENGTH)
  uni.setStorageSync(KEY, history)
  return history
}

export function forgetHistory(): void {
  uni.removeStorageSync(KEY)
}
