import { provideGlobalConfig } from 'element-plus'
import elementZh from 'element-plus/es/locale/lang/zh-cn'
import { createPinia } from 'pinia'
import { createApp, type App } from 'vue'
import { createWebHashHistory } from 'vue-router'
import 'element-plus/dist/index.css'
import '@/styles/theme.css'
import { createApi, provideApi } from '@/api/client'
import { ENTRY, type Entry } from './entry'
import { createConsoleRouter } from './router'
import { useStaff } from './staff'
import ConsoleApp from '@/layout/ConsoleApp.vue'

/** Builds one of the two consoles; they differ in their routes and in who may log in. */
export function createConsole(entry: Entry): App {
  const api = createApi({
    entry: entry.kind.toLowerCase(),
    onExpired: () => {
      useStaff().become(null)
      const here = router.currentRoute.value
      if (!here.meta.open) void router.replace({ path: '/login', query: { next: here.fullPath, expired: '1' } })
    },
  })
  const router = createConsoleRouter(entry, api, createWebHashHistory())
  const app = createApp(ConsoleApp)
  app.use(createPinia())
  provideApi(app, api)
  app.provide(ENTRY, entry)
  app.use(router)
  provideGlobalConfig({ locale: elementZh }, app, true)
  return app
}
