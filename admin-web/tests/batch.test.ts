import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { MAY } from '@/app/permissions'
import { merchantRoutes } from '@/views/merchant/routes'
import { parseBatch } from '@/views/merchant/shipping'
import { eventually, openConsole } from './console'

const carriers = [
  { code: 'SF', name: '顺丰速运' },
  { code: 'YTO', name: '圆通速递' },
]

test('each row says what is wrong with it', () => {
  const text = [
    '订单号,承运商,运单号',
    'ZT00000001,顺丰速运,SF1234567890',
    'ZT00000002，sf，SF1234567891',
    'ZT00000003\t圆通\tYT000111222',
    '',
    'ZT00000004,火箭快递,HJ0001112',
    'ZT00000005,SF,短',
    'ZT00000006,SF',
    'ZT00000001,SF,SF9999999999',
    'ZT00000007,SF,SF1234567890',
    '"ZT00000008","SF","=""0012345678"""',
  ].join('\r\n')
  const rows = parseBatch(text, carriers)
  expect(rows.map(({ line, carrierCode, fault }) => [line, carrierCode, fault])).toEqual([
    [2, 'SF', null],
    [3, 'SF', null],
    [4, 'YTO', null],
    [6, null, '不认识的承运商「火箭快递」'],
    [7, 'SF', '运单号须为 8 到 30 位字母、数字或短横线'],
    [8, 'SF', '每行需要三列：订单号、承运商、运单号'],
    [9, 'SF', '与第 2 行的订单号重复'],
    [10, 'SF', null],
    [11, 'SF', null],
  ])
  expect(rows.at(-1)?.tracking).toBe('0012345678')
})

async function button(wrapper: VueWrapper, name: string): Promise<void> {
  await wrapper.get(`[data-test="${name}"]`).trigger('click')
  await flushPromises()
}

test('good rows are sent, the answer of each is shown in its row, and only failures can be sent again', async () => {
  const { asked, wrapper } = await openConsole({
    kind: 'MERCHANT',
    routes: merchantRoutes,
    permissions: [MAY.shopOrdersShip, MAY.shopOrdersRead],
    at: '/orders/batch',
    bare: true,
    answers: {
      Carriers: () => ({ carriers }),
      OrdersToShip: ({ filter }) => {
        const wanted = filter as { text?: string; state?: string }
        const waiting = ['ZT00000001', 'ZT00000002'].map((number) => ({ id: `id-${number}`, number, state: 'AWAITING_SHIPMENT' }))
        const items = wanted.state ? waiting : wanted.text === 'ZT00000003' ? [{ id: 'id-3', number: 'ZT00000003', state: 'SHIPPED' }] : []
        return { merchantOrders: { total: items.length, items } }
      },
      MerchantShipOrders: () => ({
        merchantShipOrders: [
          { orderId: 'id-ZT00000001', order: { id: 'id-ZT00000001', state: 'SHIPPED' }, problem: null },
          { orderId: 'id-ZT00000002', order: null, problem: { code: 'WRONG_STATE', message: '买家正在申请退款', field: null } },
        ],
      }),
    },
  })
  await eventually(() => expect(wrapper.find('[data-test="batch-text"]').exists()).toBe(true))
  const lines = ['ZT00000001,SF,SF00000001', 'ZT00000002,SF,SF00000002', 'ZT00000003,SF,SF00000003', 'ZT00000004,SF,SF00000004', 'bad']
  await wrapper.get('textarea').setValue(lines.join('\n'))
  await flushPromises()
  expect(wrapper.get('[data-test="good"]').text()).toBe('可发货 4')
  expect(wrapper.get('[data-test="faulty"]').text()).toBe('有误 1')

  await button(wrapper, 'ship-batch')
  document.querySelector<HTMLButtonElement>('.el-message-box .el-button--primary')?.click()
  await eventually(() => expect(wrapper.text()).toContain('买家正在申请退款'))

  expect(asked.find(({ name }) => name === 'MerchantShipOrders')?.variables).toEqual({
    inputs: [
      { orderId: 'id-ZT00000001', carrier: 'SF', trackingNumber: 'SF00000001' },
      { orderId: 'id-ZT00000002', carrier: 'SF', trackingNumber: 'SF00000002' },
    ],
  })
  const results = wrapper.findAll('.el-table__row').map((row) => row.findAll('td').at(-1)?.text())
  expect(results).toEqual(['已发货', '买家正在申请退款', '订单已发货，不能发货', '没有这个订单', '每行需要三列：订单号、承运商、运单号'])
  expect(wrapper.get('[data-test="good"]').text()).toBe('可发货 3')
})
