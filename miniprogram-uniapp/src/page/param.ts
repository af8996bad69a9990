/** A parameter of the page's address; WeChat hands it over encoded, H5 decoded. */
export function param(query: Record<string, unknown> | undefined, name: string): string {
  const raw = String(query?.[name] ?? '')
  try {
    return decodeURIComponent(raw)
  } catch {
    // Already decoded, with a percent sign of its own.
    return raw
  }
}
