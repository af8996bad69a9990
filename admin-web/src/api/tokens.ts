/** The pair of tokens of one console session, as the server issued it. */
export interface Tokens {
  access: string
  refresh: string
  /** ISO 8601, UTC: when the access token stops being accepted. */
  expiresAt: string
}

function parse(text: string | null): Tokens | null {
  if (!text) return null
  try {
    const found: unknown = JSON.parse(text)
    return isTokens(found) ? found : null
  } catch {
    return null
  }
}

function isTokens(value: unknown): value is Tokens {
  if (typeof value !== 'object' || value === null) return false
  return ['access', 'refresh', 'expiresAt'].every((name) => typeof Reflect.get(value, name) === 'string')
}

/**
 * Keeps the tokens of one entry. A remembered session lives in localStorage and is shared by the tabs;
 * otherwise it lives in sessionStorage and ends with the tab.
 */
export class TokenBox {
  constructor(
    readonly key: string,
    private readonly lasting: Storage = localStorage,
    private readonly passing: Storage = sessionStorage,
  ) {}

  get current(): Tokens | null {
    return parse(this.passing.getItem(this.key)) ?? parse(this.lasting.getItem(this.key))
  }

  save(tokens: Tokens, remember: boolean): void {
    this.clear()
    const place = remember ? this.lasting : this.passing
    place.setItem(this.key, JSON.stringify(tokens))
  }

  /** Puts renewed tokens where the old ones were. */
  replace(tokens: Tokens): void {
    this.save(tokens, this.passing.getItem(this.key) === null)
  }

  clear(): void {
    this.passing.removeItem(this.key)
    this.lasting.removeItem(this.key)
  }
}
