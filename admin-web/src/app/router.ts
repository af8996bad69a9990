import type { Component } from 'vue'
import { createRouter, type Router, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import type { Api } from '@/api/client'
import { ApiFailure } from '@/api/failure'
import type { StaffKind } from '@/gql/graphql'
import type { Entry } from './entry'
import { whoAmI } from './session'
import { useStaff } from './staff'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** Shown in the menu when it has an icon. */
    icon?: Component
    /** Without it the page is hidden and closed; the server refuses its data anyway. */
    permission?: string
    /** Reached without a session. */
    open?: boolean
    /** Path of the menu item that stays lit while a page below it is open. */
    parent?: string
    /** Shown without the frame of the console, for printing. */
    bare?: boolean
  }
}

const account: RouteRecordRaw[] = [
  { path: '/login', meta: { title: '登录', open: true, bare: true }, component: () => import('@/views/account/LoginView.vue') },
  { path: '/security', meta: { title: '账号安全' }, component: () => import('@/views/account/SecurityView.vue') },
  { path: '/forbidden', meta: { title: '没有权限' }, component: () => import('@/views/account/ForbiddenView.vue') },
  { path: '/:rest(.*)*', meta: { title: '页面不存在' }, component: () => import('@/views/account/MissingView.vue') },
]

export function createConsoleRouter(entry: Entry, api: Api, history: RouterHistory): Router {
  const routes = [{ path: '/', redirect: '/overview' }, ...entry.routes, ...account]
  const router = createRouter({ history, routes })
  router.beforeEach(async (to) => {
    if (to.meta.open) return api.box.current && useStaff().staff ? '/overview' : true
    const known = await stillIn(api, entry.kind)
    // Nothing is opened, and nothing forgotten, while the server cannot say who this is.
    if (known === undefined) return false
    if (!known) return { path: '/login', query: to.path === '/overview' ? {} : { next: to.fullPath } }
    return useStaff().may(to.meta.permission) ? true : { path: '/forbidden', query: { page: to.meta.title } }
  })
  router.afterEach((to) => {
    document.title = `${to.meta.title} · ${entry.title}`
  })
  return router
}

/** Undefined when the server cannot be asked; the frame then shows the fault with a retry. */
async function stillIn(api: Api, kind: StaffKind): Promise<boolean | undefined> {
  try {
    return await whoAmI(api, kind)
  } catch (fault) {
    if (!(fault instanceof ApiFailure)) throw fault
    if (fault.failure.kind === 'session') return false
    useStaff().fault = fault.failure
    return undefined
  }
}
