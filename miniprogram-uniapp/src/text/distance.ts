const KILOMETRE = 1000
/** From here on nobody cares for a tenth of a kilometre. */
const FAR = 100_000

/** 「1 km 内」, 「3.2 km」, 「120 km」: metres as a card tells them. */
export function distanceText(metres: number): string {
  if (metres < KILOMETRE) return '1 km 内'
  return metres < FAR ? `${(metres / KILOMETRE).toFixed(1)} km` : `${Math.round(metres / KILOMETRE)} km`
}
