import { createConsole } from '@/app/console'
import { merchantRoutes } from '@/views/merchant/routes'

createConsole({ kind: 'MERCHANT', title: '昭通商城 · 商家工作台', routes: merchantRoutes }).mount('#app')
