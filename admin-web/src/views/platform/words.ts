import { MERCHANT_STATES, ORDER_STATES, PARTNER_STATES, PRODUCT_STATES, type Label } from '@/app/labels'

const STATES: Record<string, Label> = { ...ORDER_STATES, ...PRODUCT_STATES, ...MERCHANT_STATES, ...PARTNER_STATES }

/** Chinese words for the stable names in the audit log; a name that is not known is shown as it is. */
const ACTIONS: Record<string, string> = {
  'brand.create': '新建品牌',
  'brand.update': '修改品牌',
  'category.create': '新建类目',
  'category.update': '修改类目',
  'invoice.issue': '开具发票',
  'invoice.refuse': '不予开票',
  'job.requeue': '重新执行任务',
  'lot.open': '新建批次',
  'lot.recall.start': '发起召回',
  'lot.recall.retry': '继续召回',
  'merchant.suspend': '商户停业',
  'merchant.reopen': '商户恢复营业',
  'order.refund': '订单退款',
  'order.ship': '订单发货',
  'paper.approve': '证件审核通过',
  'paper.reject': '证件审核驳回',
  'paper.show': '查看证件',
  'partner.create': '新建合作伙伴',
  'partner.change': '修改合作伙伴',
  'partner.stop': '停用合作伙伴',
  'partner.resume': '恢复合作伙伴',
  'partner_key.issue': '签发合作伙伴密钥',
  'partner_key.revoke': '吊销合作伙伴密钥',
  'payout.plan': '设置提现方式',
  'payout.request': '申请提现',
  'product.create': '新建商品',
  'product.update': '修改商品',
  'product.submit': '商品提交审核',
  'product.withdraw': '商品撤回审核',
  'product.put_on_sale': '商品上架',
  'product.take_off_sale': '商品下架',
  'product.approve': '商品审核通过',
  'product.reject': '商品审核驳回',
  'product.freeze': '商品冻结',
  'product.unfreeze': '商品解冻',
  'review.hide': '隐藏评价',
  'review.restore': '恢复评价',
  'search.rebuild': '重建搜索索引',
  'settlement.release_refund': '放行退款',
  'settlement.retry': '重新提交结算',
  'staff.change_password': '修改密码',
  'staff.deactivate': '停用账号',
  'staff.enrol_totp': '启用两步验证',
  'staff.sign_in': '登录',
  'stock.adjust': '调整库存',
  'stock.trace': '按批次管理库存',
}

const SUBJECTS: Record<string, string> = {
  brand: '品牌',
  category: '类目',
  job: '任务',
  lot: '批次',
  merchant: '商户',
  order: '订单',
  partner: '合作伙伴',
  product: '商品',
  review: '评价',
  search: '搜索',
  sku: '规格',
  staff: '账号',
}

const DETAILS: Record<string, string> = {
  title: '名称',
  name: '名称',
  login: '登录名',
  from: '原状态',
  to: '新状态',
  note: '说明',
  reason: '原因',
  changed: '改动',
  delta: '变动',
  carrier: '承运商',
  // Of a parcel or of a batch: the entry's deed tells which.
  number: '单号',
  lot: '批次',
  restock: '退回库存',
  key: '密钥',
  label: '用途',
  expires_at: '有效至',
  points_per_second: '每秒额度',
  burst: '积攒上限',
}

const JOBS: Record<string, string> = {
  'order.auto_confirm': '自动确认收货',
  'order.complete': '完成订单',
  'payment.check': '核对付款',
  'refund.check': '核对退款',
  'refund.submit': '提交退款',
  'shipment.upload': '上传发货信息到微信',
  'trade.expire': '关闭超时订单',
}

export function actionWord(action: string): string {
  return ACTIONS[action] ?? action
}

export function jobWord(name: string): string {
  return JOBS[name] ?? name
}

/** `product:0193…` as 商品 and the end of its number, by which people tell two apart. */
export function subjectWord(subject: string): string {
  const [kind = '', id = ''] = subject.split(/:(.*)/s)
  const word = SUBJECTS[kind]
  if (!word) return subject
  return id.length > 12 ? `${word} …${id.slice(-8)}` : `${word} ${id}`
}

/** The entry's detail, JSON of a flat object, as one line; anything else as it is. */
export function detailWords(detail: string): string {
  try {
    const parsed: unknown = JSON.parse(detail)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return detail
    return Object.entries(parsed)
      .filter(([, value]) => value !== '' && value !== null)
      .map(([key, value]) => `${DETAILS[key] ?? key}：${write(value)}`)
      .join('；')
  } catch {
    return detail
  }
}

function write(value: unknown): string {
  if (Array.isArray(value)) return value.join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'object') return JSON.stringify(value)
  return STATES[String(value)]?.text ?? String(value)
}
