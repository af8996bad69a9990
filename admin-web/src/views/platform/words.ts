import { MERCHANT_STATES, ORDER_STATES, PARTNER_STATES, PRODUCT_STATES, type Label } from '@/app/labels'

const STATES: Record<string, Label> = { ...ORDER_STATES, ...PRODUCT_STATES, ...MERCHANT_STATES, ...PARTNER_STATES }

/** Chinese words for the stable names in the audit log; a name that is not known is shown as it is. */
const ACTIONS: Record<string, string> = {
  'after_sale.agree': '同意售后',
  'after_sale.contest': '对退货提出异议',
  'after_sale.decide': '平台裁决售后',
  'after_sale.receive': '确认收到退货',
  'after_sale.refund': '售后退款',
  'after_sale.reject': '拒绝售后',
  'after_sale.replace': '换货发出',
  'appeal.dismiss': '申诉驳回',
  'appeal.uphold': '申诉成立',
  'attribute.create': '新建属性',
  'attribute.retire': '停用属性',
  'attribute.update': '修改属性',
  'bill.explain': '说明账单差异',
  'bill.fetch': '重新下载账单',
  'brand.create': '新建品牌',
  'brand.update': '修改品牌',
  'origin.update': '修改产地介绍',
  'category.create': '新建类目',
  'category.update': '修改类目',
  'content.pass': '内容审核通过',
  'content.refuse': '内容审核不通过',
  'freight.create': '新建运费模板',
  'freight.default': '更换默认运费模板',
  'freight.delete': '删除运费模板',
  'freight.update': '修改运费模板',
  'order.limits': '修改下单限制',
  'card.freeze': '冻结礼品卡',
  'card.unfreeze': '解冻礼品卡',
  'card.refund': '退礼品卡',
  'card_batch.issue': '生成礼品卡',
  'card_batch.open': '新建礼品卡批次',
  'card_batch.stop': '停止礼品卡批次',
  'campaign.save': '编辑营销活动',
  'campaign.publish': '发布营销活动',
  'campaign.stop': '停止营销活动',
  'campaign.discard': '删除营销活动草稿',
  'referral.save': '编辑邀请活动',
  'referral.publish': '发布邀请活动',
  'referral.stop': '停止邀请活动',
  'referral.approve': '通过邀请奖励',
  'referral.refuse': '拒绝邀请奖励',
  'channel.open': '新建推广渠道',
  'channel.close': '停用推广渠道',
  'flash_offer.apply': '报名秒杀',
  'flash_offer.decline': '驳回秒杀报名',
  'flash_offer.end': '结束秒杀商品',
  'flash_offer.publish': '通过秒杀报名',
  'flash_offer.withdraw': '撤回秒杀报名',
  'flash_session.save': '编辑秒杀场次',
  'presale.allocate': '分配预售收成',
  'presale.compensate': '登记定金赔付转账',
  'presale.publish': '发布预售',
  'presale.save': '编辑预售',
  'presale.stop': '停止预售接单',
  'group_activity.publish': '发布拼团活动',
  'group_activity.save': '编辑拼团活动',
  'group_activity.stop': '停止拼团活动',
  'commission.add': '新增佣金费率',
  'commission.end': '终止佣金费率',
  'invoice.issue': '开具发票',
  'invoice.refuse': '不予开票',
  'job.requeue': '重新执行任务',
  'lot.close': '批次封存',
  'lot.hold': '批次暂停销售',
  'lot.open': '新建批次',
  'lot.recall': '批次召回',
  'lot.recall.retry': '继续召回',
  'lot.recall.start': '发起召回',
  'lot.release': '批次恢复销售',
  'lot.reopen': '批次重新开放',
  'merchant.reopen': '商户恢复营业',
  'merchant.return_address': '修改退货地址',
  'merchant.suspend': '商户停业',
  'order.correct_tracking': '更正运单号',
  'order.refund': '订单退款',
  'order.ship': '订单发货',
  'paper.approve': '证件审核通过',
  'paper.reject': '证件审核驳回',
  'paper.show': '提交证件',
  'partner.change': '修改合作伙伴',
  'partner.create': '新建合作伙伴',
  'partner.resume': '恢复合作伙伴',
  'partner.stop': '停用合作伙伴',
  'partner_key.issue': '签发合作伙伴密钥',
  'partner_key.revoke': '吊销合作伙伴密钥',
  'payment.accept': '认可异常付款',
  'payment.send_back': '退回异常付款',
  'payout.not_transferred': '登记未转账',
  'payout.plan': '设置提现方式',
  'payout.plan_due': '自动提现',
  'payout.request': '申请提现',
  'payout.transferred': '登记已转账',
  'piece.alarm.confirmed': '确认标签被复制',
  'piece.alarm.dismissed': '解除标签警报',
  'piece.make': '制作一物一码',
  'piece.print': '打印一物一码',
  'policy.save': '修改品类规则',
  'product.approve': '商品审核通过',
  'product.change.apply': '商品修改通过',
  'product.change.ask': '提交商品修改',
  'product.change.reject': '商品修改驳回',
  'product.change.withdraw': '撤回商品修改',
  'product.create': '新建商品',
  'product.freeze': '商品冻结',
  'product.put_on_sale': '商品上架',
  'product.reject': '商品审核驳回',
  'product.submit': '商品提交审核',
  'product.take_off_sale': '商品下架',
  'product.unfreeze': '商品解冻',
  'product.update': '修改商品',
  'product.withdraw': '商品撤回审核',
  'refund.retry': '重新提交退款',
  'refund.offline': '登记线下退款',
  'refund.to_merchant': '退款改由商户处理',
  'report.dismiss': '举报不成立',
  'review.hide': '隐藏评价',
  'review.reply': '回复评价',
  'review.restore': '恢复评价',
  'search.picks': '调整搜索结果',
  'search.rebuild': '重建搜索索引',
  'search.synonyms.add': '添加同义词',
  'search.synonyms.remove': '删除同义词',
  'settlement.release_refund': '放行退款',
  'settlement.retry': '重新提交结算',
  'staff.change_password': '修改密码',
  'staff.deactivate': '停用账号',
  'staff.enrol_totp': '启用两步验证',
  'staff.sign_in': '登录',
  'stock.adjust': '调整库存',
  'stock.trace': '按批次管理库存',
  'word.create': '新建禁用词',
  'word.except': '禁用词例外',
  'word.update': '修改禁用词',
}

const SUBJECTS: Record<string, string> = {
  after_sale: '售后',
  attribute: '属性',
  bill: '账单',
  bill_difference: '账单差异',
  brand: '品牌',
  category: '类目',
  order_limits: '下单限制',
  commission_rule: '佣金费率',
  card: '礼品卡',
  card_batch: '礼品卡批次',
  campaign: '营销活动',
  referral: '邀请',
  referral_programme: '邀请活动',
  channel: '推广渠道',
  flash_offer: '秒杀商品',
  flash_session: '秒杀场次',
  group_activity: '拼团活动',
  presale: '预售',
  content_appeal: '内容申诉',
  content_check: '内容审核',
  content_report: '内容举报',
  freight_template: '运费模板',
  job: '任务',
  lot: '批次',
  merchant: '商户',
  order: '订单',
  paper: '证件',
  partner: '合作伙伴',
  payment: '付款',
  payout: '提现',
  'piece-alarm': '标签警报',
  'piece-batch': '一物一码',
  product: '商品',
  recall: '召回',
  region: '产地',
  refund: '退款',
  review: '评价',
  search: '搜索',
  settlement: '结算',
  sku: '规格',
  staff: '账号',
  word: '禁用词',
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
  'after-sale.timer': '售后超时处理',
  'bill.fetch': '下载账单',
  'content.check': '内容机器审核',
  'fact.deliver': '再次送达事件',
  'group.refund': '拼团未成自动退款',
  'presale.fail': '预售未分到货自动退款',
  'presale.release': '预售到货转待发货',
  'order.auto_confirm': '自动确认收货',
  'order.complete': '完成订单',
  'payment.check': '核对付款',
  'payout.submit': '提交提现',
  'recall.proceed': '推进召回',
  'refund.check': '核对退款',
  'refund.submit': '提交退款',
  'settlement.begin': '开始结算',
  'settlement.call': '执行分账',
  'settlement.open': '建立结算',
  'shipment.follow': '查询物流',
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
