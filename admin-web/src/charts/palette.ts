const FIRST = ['#2f7d4f', '#e0a03b', '#c8402f'] as const
/** Highland green first, then colours of the orchard that stay apart for colour-blind eyes. */
export const PALETTE = [...FIRST, '#4f86a8', '#8bb55b', '#9a6b4f', '#6b7fb3', '#b8b04a', '#7a9b8b', '#c98ba0', '#5a6b62']
export const INK = '#55645c'
export const LINE = '#e6ebe7'
export const [GREEN, AMBER] = FIRST
