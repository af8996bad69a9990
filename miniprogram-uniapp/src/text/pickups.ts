/** The last day on which one can come: a deadline is the first moment that is too late. */
export function lastDay(deadline: string): string {
  return new Date(Date.parse(deadline) - 1000).toISOString()
}
