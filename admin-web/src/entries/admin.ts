import { createConsole } from '@/app/console'
import { platformRoutes } from '@/views/platform/routes'

createConsole({ kind: 'PLATFORM', title: '昭通商城 · 平台管理后台', routes: platformRoutes }).mount('#app')
