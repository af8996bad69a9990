const ICONS: Record<string, string> = {
  specialty: 'i-tdesign-apple-filled',
  specialties: 'i-tdesign-apple-filled',
  fresh: 'i-tdesign-tree-round-dot',
  fruit: 'i-tdesign-apple-filled',
  vegetable: 'i-tdesign-tree-round-dot',
  grocery: 'i-tdesign-shop-3-filled',
  groceries: 'i-tdesign-shop-3-filled',
  daily: 'i-tdesign-shop-3-filled',
  prepacked: 'i-tdesign-gift-filled',
  packaged: 'i-tdesign-gift-filled',
}

const TINTS = [
  { back: '#fdeeec', ink: '#d8352a' },
  { back: '#e9f4ed', ink: '#2f7d4f' },
  { back: '#fff4e2', ink: '#c07a16' },
  { back: '#f3eefb', ink: '#7a56b3' },
  { back: '#e8f2fb', ink: '#2f6fae' },
]

/** The icon class of a root category; an unknown one gets the shop bag. */
export function categoryIcon(slug: string): string {
  return ICONS[slug] ?? 'i-tdesign-shop-filled'
}

/** Soft colours, by turns. */
export function tint(index: number): { back: string; ink: string } {
  return TINTS[index % TINTS.length] as { back: string; ink: string }
}
