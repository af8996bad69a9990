// The pages of the compiled mini-program, as WeChat would run them.
const assert = require('node:assert/strict')
const path = require('node:path')
const { beforeEach, test } = require('node:test')
const { boot } = require('./harness.cjs')
const { answer, newWorld, textOf } = require('../fixtures/world.cjs')

const root = path.resolve(__dirname, '../../dist/build/mp-weixin')
const mp = boot(root, { storage: { 'mall.session': { accessToken: 'access-0', refreshToken: 'refresh-0' } } })

beforeEach(() => {
  mp.world = newWorld()
  mp.calls.length = 0
  mp.requests.length = 0
  mp.network = 'up'
  mp.paying = 'ok'
})

/** Waits for the page that was asked for, which must be the only one. */
async function goesTo(url) {
  await mp.until(() => mp.called('navigateTo').length > 0, `going to ${url}`)
  assert.deepEqual(
    mp.called('navigateTo').map((call) => call.url),
    [url],
  )
}

const templatesAsked = () => mp.called('requestSubscribeMessage').map((call) => call.tmplIds)
const asked = (operation) => mp.requests.filter((request) => request.operation === operation)

test('home shows banners, categories, seasonal picks and the products of the first county', async () => {
  const page = await mp.open('pages/home/home')
  await page.shows(/昭通苹果 红遍金秋/)
  await page.shows(/特产.*生鲜.*百货.*预包装/)
  await page.shows(/当季鲜品/)
  await page.shows(/约 ¥5\.98\/500g/)
  assert.equal(asked('Nearby')[0].variables.originCode, '530602')
  await page.tap('.product-card')
  await goesTo('/pages/product/product?id=p1')
  page.close()
})

test('home changes the county and remembers it', async () => {
  const page = await mp.open('pages/home/home')
  await page.shows(/昭阳区好物/)
  await page.tap('.home__county-row .chip', 4)
  await page.shows(/镇雄县好物.*镇雄高山冷链土鸡/)
  assert.equal(mp.storage.get('mall.county'), '530627')
  page.close()
  mp.storage.delete('mall.county')
})

test('a dead network is told, after two repetitions, and a tap reads again', async () => {
  mp.network = 'down'
  const page = await mp.open('pages/home/home')
  await page.shows(/网络不太顺畅/)
  assert.equal(asked('Home').length, 3)
  mp.network = 'up'
  await page.tap('.load-failure .button')
  await page.shows(/当季鲜品/)
  page.close()
})

test('search suggests, remembers and opens the results', async () => {
  const page = await mp.open('pages/search/search')
  await page.shows(/逛逛分类/)
  page.all('.search__input')[0].dispatchEvent('input', { detail: { value: '苹' } })
  await page.shows(/苹果.*商品/)
  await page.tap('.search__go')
  await goesTo(`/pages/results/results?words=${encodeURIComponent('苹')}`)
  assert.deepEqual(mp.storage.get('mall.searches'), ['苹'])
  page.close()
})

test('results search by what the address says, sort, and narrow by county', async () => {
  const page = await mp.open('pages/results/results', { words: encodeURIComponent('苹果') })
  await page.shows(/昭通洒渔红富士苹果/)
  assert.deepEqual(asked('SearchResults')[0].variables.query, '苹果')
  await page.tap('.results__sort', 2)
  await page.shows(/昭通洒渔红富士苹果/)
  assert.equal(asked('SearchResults').at(-1).variables.sort, 'PRICE_ASC')
  await page.tap('.results__county', 1)
  await mp.until(() => asked('SearchResults').at(-1).variables.filter.originCode === '530621')
  await page.shows(/没有找到相关商品/)
  page.close()
})

test('results narrow by values of an attribute, which go with their category', async () => {
  const page = await mp.open('pages/results/results', { category: 'c1' })
  await page.shows(/昭通洒渔红富士苹果/)
  await page.tap('.results__sort', 5)
  await page.shows(/果径/)
  await page.tap('.attribute-chips__chip', 0)
  await mp.until(() => asked('SearchResults').at(-1).variables.filter.attributes)
  await page.tap('.attribute-chips__chip', 1)
  const both = [{ attributeId: 'a1', values: ['80', '85'] }]
  await mp.until(() => asked('SearchResults').at(-1).variables.filter.attributes[0].values.length === 2)
  assert.deepEqual(asked('SearchResults').at(-1).variables.filter.attributes, both)
  await page.shows(/已选 2 项/)
  page.close()
})

test('results order by distance from the phone or a district, and neither is in an address', async () => {
  const page = await mp.open('pages/results/results', { words: encodeURIComponent('苹果') })
  await page.shows(/昭通洒渔红富士苹果/)
  await page.tap('.results__sort', 4)
  await page.shows(/离我近的店铺在前/)
  await page.tap('.results__sort', 4)
  await page.shows(/从哪里算距离/)
  await page.tap('.district-sheet__chip', 0)
  await page.shows(/离昭阳区近的店铺在前/)
  await page.shows(/1 km 内/)
  const { method, url, variables } = asked('NearbyResults').at(-1)
  assert.deepEqual([method, url.includes('near')], ['POST', false])
  assert.deepEqual(variables.near, { latitude: 27.32, longitude: 103.72 })
  await page.tap('.results__sort', 1)
  await mp.until(() => asked('SearchResults').at(-1).variables.sort === 'SALES')
  page.close()
})

test('results of the same city are of the district that is known, or chosen', async () => {
  const page = await mp.open('pages/results/results', { words: encodeURIComponent('苹果') })
  await page.shows(/昭通洒渔红富士苹果/)
  mp.storage.set('mall.county', '530602')
  await page.tap('.results__county-row .chip', 0)
  await mp.until(() => asked('SearchResults').at(-1).variables.filter.shopIn === '530602')
  await page.shows(/同城 昭阳区/)
  await page.tap('.results__county-row .chip', 0)
  await mp.until(() => asked('SearchResults').at(-1).variables.filter.shopIn === null)
  page.close()
})

test('product shows its facts and puts the chosen SKU into the cart', async () => {
  const page = await mp.open('pages/product/product', { id: 'p1' })
  await page.shows(/昭通市 昭阳区 洒渔镇/)
  await page.shows(/不支持七天无理由/)
  await page.shows(/满99元包邮/)
  await page.tap('.product__buy', 0)
  await page.shows(/10斤装/)
  await page.tap('.sku-sheet__choice', 1)
  await page.shows(/仅剩 8 件/)
  await page.tap('.sku-sheet__foot .button')
  await mp.until(() => asked('AddToCart').length === 1)
  assert.deepEqual(asked('AddToCart')[0].variables, { skuId: 's12', quantity: 1 })
  await mp.until(() => mp.called('showToast').some((call) => call.title === '已加入购物车'))
  page.close()
})

test('buy now goes to the checkout page with the SKU and quantity', async () => {
  const page = await mp.open('pages/product/product', { id: 'p2' })
  await page.shows(/彝良小草坝/)
  await page.tap('.product__buy', 1)
  await page.tap('.sku-sheet__foot .button')
  await goesTo(`/pkg-trade/checkout/checkout?lines=${encodeURIComponent('s21:1')}`)
  page.close()
})

test('an unknown product is said to be gone', async () => {
  const page = await mp.open('pages/product/product', { id: 'nowhere' })
  await page.shows(/商品不存在或已下架/)
  page.close()
})

test('cart groups by merchant, shows stale lines, and its total follows the server', async () => {
  const page = await mp.open('pages/cart/cart')
  await page.shows(/洒渔河苹果专业合作社.*已售罄.*小草坝天麻有限公司.*加入后涨价，原价 ¥258\.00/)
  await page.shows(/去结算（2）/)
  await page.tap('.quantity-stepper__side', 1)
  await page.shows(/再买 ¥9\.3 即可包邮/)
  assert.deepEqual(asked('SetCartLine')[0].variables, { skuId: 's11', quantity: 3 })
  await page.tap('.cart__edit', 0)
  await page.shows(/已删除 1 种商品/)
  assert.deepEqual(asked('RemoveCartLines')[0].variables, { skuIds: ['s31'] })
  await page.tap('.cart__undo-button')
  await mp.until(() => asked('RestoreCartLine').length === 1)
  await page.tap('.cart__bar .button')
  await goesTo(`/pkg-trade/checkout/checkout?lines=${encodeURIComponent('s11:3,s21:1')}&cart=1`)
  page.close()
})

test('去凑单 opens the goods that count, says how far the cart is, and adds to it', async () => {
  const cart = await mp.open('pages/cart/cart')
  await cart.shows(/秋收满减|再买 12 元可减 10 元/)
  await cart.tap('.cart__reduction', 0)
  await goesTo('/pkg-deals/reach/reach?id=r1')
  cart.close()
  const page = await mp.open('pkg-deals/reach/reach', { id: 'r1' })
  await page.shows(/秋收满减.*满99减10/)
  await page.shows(/已选.*87\.00.*再买 12 元减 10 元/)
  await page.tap('.reach__good .button', 0)
  await mp.until(() => asked('ReachSkus').length === 1)
  page.close()
  const over = await mp.open('pkg-deals/reach/reach', { id: 'gone' })
  await over.shows(/这项满减已经结束/)
  over.close()
})

test('checkout places one order however often it is tapped, with the total the buyer saw', async () => {
  const page = await mp.open('pkg-trade/checkout/checkout', { lines: encodeURIComponent('s11:2,s41:1'), cart: '1' })
  await page.shows(/王小云.*138\*\*\*\*0001/)
  await page.shows(/洒渔河苹果专业合作社.*小草坝天麻有限公司/)
  await page.tap('.checkout__submit')
  assert.equal(asked('PlaceOrder').length, 0, 'the return waiver has to be ticked first')
  await page.tap('.checkout__waiver')
  page.all('.checkout__submit')[0].dispatchEvent('tap')
  page.all('.checkout__submit')[0].dispatchEvent('tap')
  await mp.until(() => mp.called('redirectTo').length === 1)
  assert.equal(asked('PlaceOrder').length, 1)
  const { input } = asked('PlaceOrder')[0].variables
  assert.match(input.idempotencyKey, /^[\w-]{8,64}$/)
  assert.deepEqual(
    { ...input, idempotencyKey: '' },
    {
      idempotencyKey: '',
      lines: [
        { skuId: 's11', quantity: 2 },
        { skuId: 's41', quantity: 1 },
      ],
      addressId: 'a1',
      expectedTotal: 2 * 2990 + 800 + 8800 + 1200,
      remarks: [],
      returnWaivers: ['s41'],
      fromCart: true,
      couponIds: [],
      cardIds: [],
      points: 0,
      expectedDue: null,
    },
  )
  assert.equal(mp.called('redirectTo')[0].url, '/pkg-trade/cashier/cashier?trade=t1')
  page.close()
})

test('the cashier calls WeChat Pay, asks for the result and shows it', async () => {
  const page = await mp.open('pkg-trade/cashier/cashier', { trade: 't1' })
  await page.shows(/等待支付.*支付剩余时间/)
  await page.tap('.cashier__pay')
  await page.shows(/支付成功/)
  const ticket = mp.called('requestPayment')[0]
  assert.deepEqual([ticket.package, ticket.signType, ticket.paySign], ['prepay_id=wx22', 'RSA', 's'])
  // What of this order is worth hearing of by WeChat.
  assert.deepEqual(templatesAsked(), [['template-shipped', 'template-refund']])
  page.close()
})

test('the inbox shows how many messages are left, and asks for those of which the fewest are', async () => {
  const page = await mp.open('pkg-member/notices/notices')
  await page.shows(/微信提醒.*发货通知还可提醒 1 次.*退款到账未允许.*尾款提醒还可提醒 2 次/)
  await page.tap('.messages__head .button')
  await mp.until(() => mp.called('showToast').some((call) => call.title === '已允许，微信会提醒您'))
  assert.deepEqual(templatesAsked(), [['template-refund', 'template-group', 'template-shipped']])
  page.close()
})

test('a cancelled payment stays payable', async () => {
  mp.paying = 'cancel'
  const page = await mp.open('pkg-trade/cashier/cashier', { trade: 't1' })
  await page.shows(/等待支付/)
  await page.tap('.cashier__pay')
  await mp.until(() => mp.called('showToast').some((call) => call.title === '您取消了支付'))
  assert.match(page.text(), /等待支付/)
  page.close()
})

test('orders are listed by state', async () => {
  const page = await mp.open('pkg-trade/orders/orders', { state: 'SHIPPED' })
  await page.shows(/洒渔河苹果专业合作社.*确认收货/)
  assert.deepEqual(asked('MyOrders')[0].variables.states, ['PARTLY_SHIPPED', 'SHIPPED'])
  await page.tap('.orders__tab', 1)
  await page.shows(/小草坝天麻有限公司.*去支付/)
  assert.doesNotMatch(page.text(), /确认收货/)
  page.close()
})

test('what a price is made of is told before ordering, and of an order when it is asked for', async () => {
  const checkout = await mp.open('pkg-trade/checkout/checkout', { lines: encodeURIComponent('s11:2') })
  await checkout.shows(/实付/)
  await checkout.tap('.bottom-bar .grow')
  await checkout.shows(/价格明细.*洒渔河苹果专业合作社.*商品金额.*¥59\.80.*运费.*¥8\.00.*合计.*¥67\.80/)
  checkout.close()
  const order = await mp.open('pkg-trade/order/order', { id: 'o2' })
  await order.shows(/待付款/)
  assert.equal(asked('OrderPrice').length, 0)
  await order.tap('.order__row', 2)
  await order.shows(/价格明细.*商品金额.*运费.*¥8\.00.*合计/)
  await order.tap('.order__row', 2)
  assert.equal(asked('OrderPrice').length, 1, 'prices of an order never change')
  order.close()
})

test('the order page moves when the subscription says so, and reads again after a gap', async () => {
  const page = await mp.open('pkg-trade/order/order', { id: 'o2' })
  await page.shows(/待付款/)
  await mp.until(() => mp.sockets.length > 0)
  const socket = mp.sockets.at(-1)
  assert.deepEqual(socket.options.protocols, ['graphql-transport-ws'])
  socket.listeners.open({})
  await mp.until(() => socket.sent.length === 1)
  assert.deepEqual(socket.sent[0], { type: 'connection_init', payload: { authorization: 'Bearer access-0' } })
  socket.tell({ type: 'connection_ack' })
  await mp.until(() => socket.sent.some((message) => message.type === 'subscribe'))
  const subscribed = socket.sent.find((message) => message.type === 'subscribe')
  const moved = mp.world.orders[1]
  Object.assign(moved, {
    state: 'SHIPPED',
    version: 3,
    shipments: [
      {
        id: 'h9',
        carrier: { code: 'JD', name: '京东物流' },
        trackingNumber: 'JD0001',
        shippedAt: '2026-11-22T05:00:00Z',
        lines: [],
        state: null,
        latestText: null,
        latestAt: null,
        signedAt: null,
        traces: [],
        upload: 'PENDING',
        uploadNote: null,
      },
    ],
  })
  assert.equal('query' in subscribed.payload, false, 'an id is enough')
  const whole = await answer(mp.world, {
    operationName: 'OrderPage',
    variables: { id: 'o2' },
    text: textOf(subscribed.payload.id)
      .replace('subscription OrderChanged', 'query OrderPage')
      .replace('orderChanged(id', 'order(id'),
  })
  socket.tell({ type: 'next', id: subscribed.id, payload: { data: { orderChanged: whole.data.order } } })
  await page.shows(/待收货.*京东物流.*JD0001/)

  const before = asked('OrderPage').length
  socket.listeners.close({ code: 1006, reason: '' })
  await mp.until(() => mp.sockets.length > 1 && mp.sockets.at(-1) !== socket)
  const again = mp.sockets.at(-1)
  again.listeners.open({})
  await mp.until(() => again.sent.length === 1)
  again.tell({ type: 'connection_ack' })
  await mp.until(() => asked('OrderPage').length === before + 1, 'a read after the gap')
  page.close()
})

test('receipt is confirmed after a question', async () => {
  const page = await mp.open('pkg-trade/order/order', { id: 'o1' })
  await page.shows(/顺丰速运.*SF1234567890/)
  await page.tap('.order__bar .button')
  await page.shows(/已收货/)
  assert.deepEqual(asked('ConfirmReceipt')[0].variables, { orderId: 'o1' })
  page.close()
})

for (const [route, query, pattern] of [
  ['pages/category/category', {}, /天麻药材.*热销推荐.*昭通洒渔红富士苹果/],
  ['pages/me/me', {}, /小云.*138\*\*\*\*0001.*我的订单/],
  ['pkg-member/addresses/addresses', {}, /王小云.*李师傅/],
  ['pkg-member/address/address', { id: 'a1' }, /收货人.*云南省 昭通市 昭阳区 洒渔镇/],
  ['pkg-member/devices/devices', {}, /微信 iPhone 15.*本机.*浏览器 Android/],
  ['pkg-member/profile/profile', {}, /加入时间.*2026-01-05/],
  ['pkg-member/agreement/agreement', {}, /七天无理由/],
  ['pkg-member/privacy/privacy', {}, /openid/],
  ['pkg-merchant/merchant/merchant', { id: 'm1' }, /洒渔河苹果专业合作社.*每单运费 ¥8，满99元包邮.*昭通洒渔红富士苹果/],
  ['pkg-merchant/brand/brand', { id: 'b1' }, /洒渔果香.*果园在洒渔河两岸.*洒渔河苹果专业合作社.*昭通洒渔红富士苹果/],
  ['pkg-merchant/brand/brand', { id: 'gone' }, /没有找到这个品牌/],
  ['pkg-merchant/origin/origin', { code: '530602' }, /昭阳区.*在售 2 件.*昼夜温差大.*洒渔镇 2.*昭通洒渔红富士苹果/],
  ['pkg-merchant/origin/origin', { code: 'gone' }, /没有找到这个产地/],
]) {
  test(`${route} shows what it is about`, async () => {
    const page = await mp.open(route, query)
    await page.shows(pattern)
    page.close()
  })
}

test('every request carries the token, and a new login replaces it', async () => {
  const page = await mp.open('pages/login/login')
  await page.shows(/微信一键登录/)
  await page.tap('.login__button')
  assert.equal(asked('Login').length, 0, 'the agreement has to be ticked first')
  await page.tap('.check-dot')
  await page.tap('.login__button')
  await mp.until(() => mp.storage.get('mall.session').accessToken === 'access-1')
  assert.equal(asked('Login')[0].variables.code, 'wx-code')
  const cart = await mp.open('pages/cart/cart')
  await cart.shows(/去结算/)
  assert.equal(asked('CartPage')[0].header.authorization, 'Bearer access-1')
  page.close()
  cart.close()
})

test('a member asks by POST; after logging out the same is asked by GET, so that the answer may be kept', async () => {
  const page = await mp.open('pages/me/me')
  await page.shows(/退出登录/)
  assert.equal(asked('MePage')[0].method, 'POST')
  await page.tap('.button--plain')
  await mp.until(() => mp.storage.get('mall.session') === undefined)
  const results = await mp.open('pages/results/results', { words: encodeURIComponent('苹果') })
  await results.shows(/昭通洒渔红富士苹果/)
  const { method, header, url, variables } = asked('SearchResults')[0]
  assert.deepEqual([method, header['x-mall-client'], header.authorization], ['GET', 'miniprogram', undefined])
  assert.match(url, /\?id=[0-9a-f]{64}&operationName=SearchResults&variables=/)
  assert.equal(variables.query, '苹果')
  page.close()
  results.close()
})
