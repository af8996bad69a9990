// @unocss-include — the icon classes below are not in a template, where UnoCSS would find them by itself.
const ICONS: Record<string, string> = {
  specialty: 'i-tdesign-mushroom-filled',
  fresh: 'i-tdesign-apple-filled',
  packaged: 'i-tdesign-gift-filled',
  daily: 'i-tdesign-houses-filled',
  household: 'i-tdesign-houses-filled',
  craft: 'i-tdesign-palette-filled',
}

const TINTS = [
  { back: '#fdeeec', ink: '#d8352a' },
  { back: '#e9f4ed', ink: '#2f7d4f' },
  { back: '#fff4e2', ink: '#c07a16' },
  { back: '#e8f2fb', ink: '#2f6fae' },
  { back: '#f3eefb', ink: '#7a56b3' },
]

/** The icon class of a root category; one that was added later gets the shop bag. */
export function categoryIcon(slug: string): string {
  return ICONS[slug] ?? 'i-tdesign-shop-filled'
}

/** Soft colours, by turns. */
export function tint(index: number): { back: string; ink: string } {
  return TINTS[index % TINTS.length] as { back: string; ink: string }
}
