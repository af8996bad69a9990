"""What the clients of the journeys ask."""

LOGIN = """mutation ($code: String!) { login(code: $code, device: "测试手机") {
  ... on Session { accessToken refreshToken member { id maskedPhone } } ... on Refused { code message } } }"""
BIND_PHONE = """mutation ($code: String!) { bindPhone(code: $code) {
  ... on Member { maskedPhone } ... on Refused { code message } } }"""
SAVE_ADDRESS = """mutation ($input: AddressInput!) { saveAddress(input: $input) {
  ... on Address { id regionName phone } ... on Refused { code message field } } }"""
SEARCH = """query ($words: String!, $filter: ProductFilter) { searchProducts(query: $words, filter: $filter) {
  total fullFeatured nodes { id title minPrice originCode skus { id price available } } } }"""
ADD = """mutation ($sku: ID!, $quantity: Int!) { addToCart(skuId: $sku, quantity: $quantity) {
  ... on Cart { lineCount total } ... on OutOfStock { code available } ... on Refused { code message } } }"""
CART = """{ cart { lineCount total freight groups { merchant { id } lines { skuId quantity selected amount } } } }"""
PREVIEW = """query ($lines: [WantedSku!]!, $address: ID) { checkoutPreview(lines: $lines, addressId: $address) {
  ... on CheckoutPreview { goodsTotal freight total needsReturnWaiver groups { merchant { id } total } }
  ... on OutOfStock { code skuId available } ... on Refused { code message } } }"""
PLACE = """mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename
  ... on Trade { id number total state orders { id number total state merchantId } }
  ... on OutOfStock { code skuId available } ... on PriceChanged { code total }
  ... on Refused { code message field } } }"""
PAY = """mutation ($trade: ID!) { payTrade(tradeId: $trade) { __typename
  ... on Prepay { prepayId timeStamp nonceStr package signType paySign expiresAt }
  ... on Refused { code message } } }"""
CONFIRM_PAYMENT = """mutation ($trade: ID!) { confirmPayment(tradeId: $trade) {
  ... on Trade { state orders { state } } ... on Refused { code message } } }"""
CANCEL = """mutation ($trade: ID!) { cancelTrade(tradeId: $trade) {
  ... on Trade { state } ... on Refused { code message } } }"""
TRADE = """query ($trade: ID!) { trade(id: $trade) { state total paidAt
  orders { id state steps { text } refunds { amount state } } } }"""
SHIP = """mutation ($order: ID!, $number: String!) {
  merchantShipOrder(input: {orderId: $order, carrier: "SF", trackingNumber: $number}) {
    ... on Order { state shipments { trackingNumber upload uploadNote } } ... on Refused { code message } } }"""
RECEIVE = """mutation ($order: ID!) { confirmReceipt(orderId: $order) {
  ... on Order { state receivedAt } ... on Refused { code message } } }"""
ORDER = """query ($order: ID!) { order(id: $order) { state completedAt steps { text }
  shipments { carrier { name } trackingNumber upload } } }"""
STAFF_LOGIN = """mutation ($login: String!, $password: String!) { staffLogin(login: $login, password: $password) {
  __typename ... on StaffSession { accessToken } ... on Refused { code message } } }"""
LOGOUT = "mutation { logout { ... on Done { ok } ... on Refused { code } } }"
ORDER_CHANGED = "subscription ($order: ID!) { orderChanged(id: $order) { id state shipments { trackingNumber } } }"
ARRIVED = "subscription { merchantOrderArrived { id number state total } }"
