import { Box, ChatDotRound, DataLine, Goods, List, Postcard, Service, Stamp, Van, Wallet } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { MAY } from '@/app/permissions'

export const merchantRoutes: RouteRecordRaw[] = [
  { path: '/overview', meta: { title: '经营概览', icon: DataLine, permission: MAY.shopOverview }, component: () => import('./OverviewView.vue') },
  { path: '/notices', meta: { title: '消息', permission: MAY.shopOverview }, component: () => import('@/views/notices/NoticesView.vue') },
  { path: '/orders', meta: { title: '订单发货', icon: List, permission: MAY.shopOrdersRead }, component: () => import('./OrdersView.vue') },
  { path: '/orders/batch', meta: { title: '批量发货', parent: '/orders', permission: MAY.shopOrdersShip }, component: () => import('./BatchShipView.vue') },
  { path: '/orders/slips', meta: { title: '批量打印装箱单', bare: true, permission: MAY.shopOrdersRead }, component: () => import('./PackingSlipView.vue') },
  { path: '/orders/:id', meta: { title: '订单详情', parent: '/orders', permission: MAY.shopOrdersRead }, component: () => import('./OrderView.vue') },
  { path: '/orders/:id/slip', meta: { title: '装箱单', bare: true, permission: MAY.shopOrdersRead }, component: () => import('./PackingSlipView.vue') },
  { path: '/after-sales', meta: { title: '售后处理', icon: Service, permission: MAY.shopAfterSales }, component: () => import('@/views/aftersales/MerchantAfterSalesView.vue') },
  { path: '/invoices', meta: { title: '发票', icon: Postcard, permission: MAY.shopOrdersRead }, component: () => import('@/views/invoices/InvoicesView.vue') },
  { path: '/reviews', meta: { title: '评价管理', icon: ChatDotRound, permission: MAY.shopReviews }, component: () => import('@/views/reviews/MerchantReviewsView.vue') },
  { path: '/products', meta: { title: '商品管理', icon: Goods, permission: MAY.shopProductsRead }, component: () => import('./ProductsView.vue') },
  { path: '/products/quick', meta: { title: '手机发布', bare: true, permission: MAY.shopProductsWrite }, component: () => import('@/views/listings/QuickListingView.vue') },
  { path: '/products/batch', meta: { title: '批量改价改库存', parent: '/products', permission: MAY.shopProductsWrite }, component: () => import('@/views/listings/BatchView.vue') },
  { path: '/products/import', meta: { title: '表格导入与导出', parent: '/products', permission: MAY.shopProductsWrite }, component: () => import('@/views/listings/ImportView.vue') },
  { path: '/products/new', meta: { title: '发布商品', parent: '/products', permission: MAY.shopProductsWrite }, component: () => import('./ProductFormView.vue') },
  { path: '/products/:id', meta: { title: '编辑商品', parent: '/products', permission: MAY.shopProductsRead }, component: () => import('./ProductFormView.vue') },
  { path: '/changes', meta: { title: '修改记录', parent: '/products', permission: MAY.shopProductsRead }, component: () => import('@/views/listings/MerchantChangesView.vue') },
  { path: '/papers', meta: { title: '资质证件', icon: Postcard, permission: MAY.shopProductsRead }, component: () => import('@/views/listings/PapersView.vue') },
  { path: '/stock', meta: { title: '库存管理', icon: Box, permission: MAY.shopProductsRead }, component: () => import('./StockView.vue') },
  { path: '/stock/history', meta: { title: '库存流水', parent: '/stock', permission: MAY.shopProductsRead }, component: () => import('./StockHistoryView.vue') },
  { path: '/funds', meta: { title: '结算 · 资金', icon: Wallet, permission: MAY.shopFunds }, component: () => import('@/views/settlement/MerchantFundsView.vue') },
  { path: '/lots', meta: { title: '批次溯源', icon: Stamp, permission: MAY.shopProductsRead }, component: () => import('@/views/lots/MerchantLotsView.vue') },
  { path: '/lots/:id', meta: { title: '批次', parent: '/lots', permission: MAY.shopProductsRead }, component: () => import('@/views/lots/MerchantLotView.vue') },
  { path: '/lots/:id/labels', meta: { title: '溯源标签', bare: true, permission: MAY.shopProductsRead }, component: () => import('@/views/lots/LotLabelsView.vue') },
  { path: '/lots/:id/pieces', meta: { title: '一物一码', parent: '/lots', permission: MAY.shopProductsRead }, component: () => import('@/views/lots/PiecesView.vue') },
  { path: '/lots/:id/pieces/:batch', meta: { title: '一物一码标签', bare: true, permission: MAY.shopStockWrite }, component: () => import('@/views/lots/PieceLabelsView.vue') },
  { path: '/piece-alarms', meta: { title: '复制码警报', parent: '/lots', permission: MAY.shopProductsRead }, component: () => import('@/views/lots/MerchantAlarmsView.vue') },
  { path: '/freight', meta: { title: '运费模板', icon: Van, permission: MAY.shopProductsRead }, component: () => import('./FreightView.vue') },
]
