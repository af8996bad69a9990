/** How many of the shown pages were followed, in per cent with one digit; a dash where nothing was shown. */
export function clickShare({ shown, clicked }: { shown: number; clicked: number }): string {
  return shown === 0 ? '—' : `${Math.min(100, (clicked / shown) * 100).toFixed(1)}%`
}

/** Words typed into one field, each once: separated by blanks, commas or 、. */
export function wordsOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,，、;；=＝]+/).filter(Boolean))]
}

/** Whether a product stands elsewhere than before, as people read it. */
export function moved(id: string, before: { id: string }[], after: { id: string }[]): string {
  const was = before.findIndex((product) => product.id === id)
  const is = after.findIndex((product) => product.id === id)
  if (was < 0) return '新'
  if (was === is) return ''
  return is < was ? `↑${was - is}` : `↓${is - was}`
}
