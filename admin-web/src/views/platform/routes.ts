import { ChatDotRound, Checked, Coin, CollectionTag, Connection, DataLine, Discount, Document, EditPen, Goods, List, Odometer, Present, Search, Service, SetUp, Shop, Stamp, Tickets, Timer, User, Wallet, Warning, WarnTriangleFilled } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { MAY } from '@/app/permissions'

export const platformRoutes: RouteRecordRaw[] = [
  { path: '/overview', meta: { title: '数据概览', icon: DataLine, permission: MAY.overview }, component: () => import('./OverviewView.vue') },
  { path: '/notices', meta: { title: '消息', permission: MAY.overview }, component: () => import('@/views/notices/NoticesView.vue') },
  { path: '/merchants', meta: { title: '商户管理', icon: Shop, permission: MAY.merchantsRead }, component: () => import('./MerchantsView.vue') },
  { path: '/products', meta: { title: '商品管理', icon: Goods, permission: MAY.productsRead }, component: () => import('./ProductsView.vue') },
  { path: '/products/:id', meta: { title: '商品详情', parent: '/products', permission: MAY.productsRead }, component: () => import('./ProductView.vue') },
  { path: '/changes', meta: { title: '修改与证件审核', icon: Checked, permission: MAY.productsReview }, component: () => import('@/views/listings/PlatformChangesView.vue') },
  { path: '/rules', meta: { title: '品类规则', icon: SetUp, permission: MAY.catalogWrite }, component: () => import('@/views/listings/RulesView.vue') },
  { path: '/orders', meta: { title: '订单管理', icon: List, permission: MAY.ordersRead }, component: () => import('./OrdersView.vue') },
  { path: '/orders/:id', meta: { title: '订单详情', parent: '/orders', permission: MAY.ordersRead }, component: () => import('./OrderView.vue') },
  { path: '/ledger', meta: { title: '账本 · 试算平衡', icon: Coin, permission: MAY.ledger }, component: () => import('@/views/ledger/LedgerView.vue') },
  { path: '/after-sales', meta: { title: '售后仲裁', icon: Service, permission: MAY.afterSales }, component: () => import('@/views/aftersales/ArbitrationView.vue') },
  { path: '/content', meta: { title: '评价与内容审核', icon: ChatDotRound, permission: MAY.content }, component: () => import('@/views/reviews/ContentView.vue') },
  { path: '/funds', meta: { title: '资金异常', icon: Warning, permission: MAY.funds }, component: () => import('@/views/aftersales/FundsView.vue') },
  { path: '/settlements', meta: { title: '结算与提现', icon: Wallet, permission: MAY.ledger }, component: () => import('@/views/settlement/PlatformSettlementsView.vue') },
  { path: '/commissions', meta: { title: '佣金费率', icon: Discount, permission: MAY.ledger }, component: () => import('@/views/commissions/CommissionsView.vue') },
  { path: '/campaigns', meta: { title: '营销活动', icon: Present, permission: MAY.promotions }, component: () => import('@/views/promotions/PlatformCampaignsView.vue') },
  { path: '/bills', meta: { title: '对账 · 微信账单', icon: Tickets, permission: MAY.ledger }, component: () => import('@/views/bills/BillsView.vue') },
  { path: '/lots', meta: { title: '批次溯源', icon: Stamp, permission: MAY.tracesRead }, component: () => import('@/views/lots/PlatformLotsView.vue') },
  { path: '/recalls', meta: { title: '召回', icon: WarnTriangleFilled, permission: MAY.tracesRead }, component: () => import('@/views/lots/RecallsView.vue') },
  { path: '/piece-alarms', meta: { title: '复制码警报', icon: Warning, permission: MAY.tracesRead }, component: () => import('@/views/lots/PlatformAlarmsView.vue') },
  { path: '/catalog', meta: { title: '类目与品牌', icon: CollectionTag, permission: MAY.catalogWrite }, component: () => import('./CatalogView.vue') },
  { path: '/search', meta: { title: '搜索台', icon: Search, permission: MAY.searchRead }, component: () => import('./SearchView.vue') },
  { path: '/jobs', meta: { title: '失败任务', icon: Timer, permission: MAY.jobsRead }, component: () => import('./JobsView.vue') },
  { path: '/traffic', meta: { title: '运行状况 · 流量', icon: Odometer, permission: MAY.jobsRead }, component: () => import('./TrafficView.vue') },
  { path: '/audit', meta: { title: '操作日志', icon: Document, permission: MAY.auditRead }, component: () => import('./AuditView.vue') },
  { path: '/partners', meta: { title: '开放平台 · 合作伙伴', icon: Connection, permission: MAY.partnersRead }, component: () => import('./PartnersView.vue') },
  { path: '/staff', meta: { title: '工作人员', icon: User, permission: MAY.staffRead }, component: () => import('./StaffView.vue') },
  { path: '/explorer', meta: { title: '接口调试', icon: EditPen, permission: MAY.explore }, component: () => import('./ExplorerView.vue') },
]
