/** What an input or textarea sends when typed into. */
export interface FieldEvent {
  detail: { value: string }
}

export function textOf(event: FieldEvent): string {
  return event.detail.value
}
