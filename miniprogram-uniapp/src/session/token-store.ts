const KEY = 'mall.session'

interface Kept {
  accessToken: string
  refreshToken: string
}

function read(): Kept | null {
  const kept: unknown = uni.getStorageSync(KEY)
  if (typeof kept !== 'object' || kept === null) return null
  const { accessToken, refreshToken } = kept as Partial<Kept>
  return accessToken && refreshToken ? { accessToken, refreshToken } : null
}

/** The tokens of this device, kept across launches. */
export class TokenStore {
  private kept: Kept | null = read()
  private readonly forgotten: (() => void)[] = []

  access(): string | null {
    return this.kept?.accessToken ?? null
  }

  refreshToken(): string | null {
    return this.kept?.refreshToken ?? null
  }

  keep({ accessToken, refreshToken }: Kept): void {
    this.kept = { accessToken, refreshToken }
    uni.setStorageSync(KEY, this.kept)
  }

  /** Tells when the tokens are gone, also where the server ended the session. */
  onForget(tell: () => void): void {
    this.forgotten.push(tell)
  }

  forget(): void {
    this.kept = null
    uni.removeStorageSync(KEY)
    this.forgotten.forEach((tell) => tell())
  }
}
