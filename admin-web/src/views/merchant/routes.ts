import { Box, ChatDotRound, DataLine, Goods, List, Postcard, Service, Van } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { MAY } from '@/app/permissions'

export const merchantRoutes: RouteRecordRaw[] = [
  { path: '/overview', meta: { title: '经营概览', icon: DataLine, permission: MAY.shopOverview }, component: () => import('./OverviewView.vue') },
  { path: '/orders', meta: { title: '订单发货', icon: List, permission: MAY.shopOrdersRead }, component: () => import('./OrdersView.vue') },
  { path: '/orders/batch', meta: { title: '批量发货', parent: '/orders', permission: MAY.shopOrdersShip }, component: () => import('./BatchShipView.vue') },
  { path: '/orders/slips', meta: { title: '批量打印装箱单', bare: true, permission: MAY.shopOrdersRead }, component: () => import('./PackingSlipView.vue') },
  { path: '/orders/:id', meta: { title: '订单详情', parent: '/orders', permission: MAY.shopOrdersRead }, component: () => import('./OrderView.vue') },
  { path: '/orders/:id/slip', meta: { title: '装箱单', bare: true, permission: MAY.shopOrdersRead }, component: () => import('./PackingSlipView.vue') },
  { path: '/after-sales', meta: { title: '售后处理', icon: Service, permission: MAY.shopAfterSales }, component: () => import('@/views/aftersales/MerchantAfterSalesView.vue') },
  { path: '/invoices', meta: { title: '发票', icon: Postcard, permission: MAY.shopOrdersRead }, component: () => import('@/views/invoices/InvoicesView.vue') },
  { path: '/reviews', meta: { title: '评价管理', icon: ChatDotRound, permission: MAY.shopReviews }, component: () => import('@/views/reviews/MerchantReviewsView.vue') },
  { path: '/products', meta: { title: '商品管理', icon: Goods, permission: MAY.shopProductsRead }, component: () => import('./ProductsView.vue') },
  { path: '/products/new', meta: { title: '发布商品', parent: '/products', permission: MAY.shopProductsWrite }, component: () => import('./ProductFormView.vue') },
  { path: '/products/:id', meta: { title: '编辑商品', parent: '/products', permission: MAY.shopProductsRead }, component: () => import('./ProductFormView.vue') },
  { path: '/stock', meta: { title: '库存管理', icon: Box, permission: MAY.shopProductsRead }, component: () => import('./StockView.vue') },
  { path: '/stock/history', meta: { title: '库存流水', parent: '/stock', permission: MAY.shopProductsRead }, component: () => import('./StockHistoryView.vue') },
  { path: '/freight', meta: { title: '运费模板', icon: Van, permission: MAY.shopProductsRead }, component: () => import('./FreightView.vue') },
]
