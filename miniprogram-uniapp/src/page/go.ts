import { useSession } from '@/session/session'
import { tell } from './tell'

const HOME = '/pages/home/home'

type Query = Record<string, string | undefined>

/** A page's address with its query; empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const text = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return text ? `${path}?${text}` : path
}

function open(path: string, query?: Query): void {
  uni.navigateTo({ url: address(path, query) })
}

export interface ResultsQuery {
  words?: string
  category?: string
  origin?: string
  brand?: string
  season?: string
  title?: string
}

export interface PostsQuery {
  product?: string
  member?: string
  merchant?: string
  region?: string
  name?: string
}

/** The mall's pages. */
export const go = {
  home: () => uni.switchTab({ url: HOME }),
  cart: () => uni.switchTab({ url: '/pages/cart/cart' }),
  me: () => uni.switchTab({ url: '/pages/me/me' }),
  search: (words?: string) => open('/pages/search/search', { words }),
  results: (query: ResultsQuery) => open('/pages/results/results', { ...query }),
  product: (id: string) => open('/pages/product/product', { id }),
  merchant: (id: string) => open('/pkg-merchant/merchant/merchant', { id }),
  brand: (id: string) => open('/pkg-merchant/brand/brand', { id }),
  origin: (code: string) => open('/pkg-merchant/origin/origin', { code }),
  login: () => open('/pages/login/login'),
  checkout: (lines: string, fromCart: boolean) =>
    open('/pkg-trade/checkout/checkout', { lines, cart: fromCart ? '1' : undefined }),
  cashier: (trade: string) => open('/pkg-trade/cashier/cashier', { trade }),
  orders: (state?: string) => open('/pkg-trade/orders/orders', { state }),
  order: (id: string) => open('/pkg-trade/order/order', { id }),
  snapshot: (order: string, line: string) => open('/pkg-trade/snapshot/snapshot', { order, line }),
  invoice: (id: string) => open('/pkg-trade/invoice/invoice', { id }),
  applyAfterSale: (order: string) => open('/pkg-service/apply/apply', { order }),
  afterSales: () => open('/pkg-service/cases/cases'),
  afterSalesInstead: () => uni.redirectTo({ url: '/pkg-service/cases/cases' }),
  afterSale: (id: string) => open('/pkg-service/case/case', { id }),
  /** In place of the page on which it was applied for: back leads to the order. */
  afterSaleInstead: (id: string) => uni.redirectTo({ url: address('/pkg-service/case/case', { id }) }),
  group: (id: string) => open('/pkg-group/group/group', { id }),
  joinGroup: (activity: string, group?: string) => open('/pkg-group/join/join', { activity, group }),
  bookPresale: (product: string, offer: string) => open('/pkg-presale/book/book', { product, offer }),
  myGroups: () => open('/pkg-group/mine/mine'),
  deals: (kind: 'groups' | 'presales') => open('/pkg-deals/deals/deals', { kind }),
  /** 凑单: the goods that count for a 满减. */
  reach: (campaign: string) => open('/pkg-deals/reach/reach', { id: campaign }),
  invites: () => open('/pkg-invite/mine/mine'),
  flash: () => open('/pkg-flash/sale/sale'),
  buyFlash: (offer: string) => open('/pkg-flash/buy/buy', { offer }),
  lot: (number: string) => open('/pkg-trace/lot/lot', { number }),
  reviews: (product: string) => open('/pkg-review/list/list', { product }),
  myReviews: (tab?: 'written') => open('/pkg-review/mine/mine', { tab }),
  writeReview: (order: string, line: string) => open('/pkg-review/write/write', { order, line }),
  posts: (query: PostsQuery = {}) => open('/pkg-community/feed/feed', { ...query }),
  post: (id: string) => open('/pkg-community/post/post', { id }),
  writePost: (query: { id?: string; product?: string } = {}) => open('/pkg-community/write/write', { ...query }),
  myPosts: () => open('/pkg-community/mine/mine'),
  addToReview: (review: string) => open('/pkg-review/write/write', { review }),
  addresses: (choose = false) => open('/pkg-member/addresses/addresses', { choose: choose ? '1' : undefined }),
  address: (id?: string) => open('/pkg-member/address/address', { id }),
  coupons: (merchant?: string) => open('/pkg-coupon/center/center', { merchant }),
  myCoupons: () => open('/pkg-coupon/mine/mine'),
  myCards: () => open('/pkg-card/mine/mine'),
  card: (id: string) => open('/pkg-card/card/card', { id }),
  myVouchers: () => open('/pkg-voucher/mine/mine'),
  myPoints: () => open('/pkg-points/mine/mine'),
  voucher: (id: string) => open('/pkg-voucher/voucher/voucher', { id }),
  redeem: (voucher: string, sku: string) => open('/pkg-voucher/redeem/redeem', { voucher, sku }),
  buyCards: () => open('/pkg-card/buy/buy'),
  notices: () => open('/pkg-member/notices/notices'),
  devices: () => open('/pkg-member/devices/devices'),
  profile: () => open('/pkg-member/profile/profile'),
  agreement: () => open('/pkg-member/agreement/agreement'),
  privacy: () => open('/pkg-member/privacy/privacy'),
}

/** True for a member; otherwise opens the login page, which comes back here. */
export function requireLogin(): boolean {
  if (useSession().loggedIn) return true
  go.login()
  return false
}

/** Opens a target the server names: product:<id>, category:<id>, merchant:<id>, origin:<code>, brand:<id>, post:<id> or search:<words>. */
export function openTarget(link: string, title?: string): void {
  const at = link.indexOf(':')
  const kind = link.slice(0, at)
  const value = link.slice(at + 1)
  if (kind === 'product') go.product(value)
  else if (kind === 'merchant') go.merchant(value)
  else if (kind === 'category') go.results({ category: value, title })
  else if (kind === 'origin') go.origin(value)
  else if (kind === 'brand') go.brand(value)
  else if (kind === 'post') go.post(value)
  else if (kind === 'search') go.results({ words: value })
}

/** Back one page, or to the home page where the buyer came in by a link; there he is told what became of it. */
export function back(said?: string): void {
  const success = () => void (said && tell(said))
  if (getCurrentPages().length > 1) uni.navigateBack({ success })
  else uni.switchTab({ url: HOME, success })
}
