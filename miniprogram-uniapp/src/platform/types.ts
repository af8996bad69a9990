/** What `wx.requestPayment` needs, as the server signs it. */
export interface PaymentTicket {
  tradeId: string
  prepayId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

/** `left`: the page was left for a cashier elsewhere, which comes back to the cashier page by itself. */
export type PaymentOutcome = 'done' | 'cancelled' | 'left'

/** Somebody one may log in as. WeChat knows who holds the phone and offers none. */
export interface LoginChoice {
  id: string
  nickname: string
  note: string
}

export interface Coordinates {
  longitude: number
  latitude: number
}

/** What differs between WeChat and a browser. */
export interface Platform {
  /** What to put before an address that begins with a slash. */
  origin(): string
  /** The address at which whoever is sent it finds a page; `path` begins with a slash. */
  pageUrl(path: string): string
  /** Endpoint of GraphQL over HTTP, without a trailing slash. */
  apiUrl(): string
  deviceName(): string
  /** Starts the pages again, in their newest release where it can be had. */
  renew(): void
  loginChoices(): Promise<LoginChoice[]>
  /** A one-time login code; `choice` only where `loginChoices` offered some. */
  loginCode(choice?: string): Promise<string>
  /** A one-time code for the member's phone number, where it can be had without WeChat's own button. */
  phoneCode(): Promise<string>
  /** Whether the phone number comes from `<button open-type="getPhoneNumber">`. */
  readonly phoneByButton: boolean
  /** `back`: the page that a cashier elsewhere comes back to, with its query; the trade's own cashier page otherwise. */
  pay(ticket: PaymentTicket, back?: string): Promise<PaymentOutcome>
  /** Whether the member can be asked here for messages of WeChat. */
  readonly asksMessages: boolean
  /** Asks for these templates, three at most, in a tap or right after a payment; whether one was accepted. */
  askMessages(templateIds: string[]): Promise<boolean>
  /** Rough position in GCJ-02, or a rejection when the buyer does not allow it. */
  whereAmI(): Promise<Coordinates>
}
