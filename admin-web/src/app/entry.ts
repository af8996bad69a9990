import { inject, type InjectionKey } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { StaffKind } from '@/gql/graphql'

/** What makes one of the two consoles: who may log in, its name and its pages. */
export interface Entry {
  kind: StaffKind
  title: string
  routes: RouteRecordRaw[]
}

export const ENTRY: InjectionKey<Entry> = Symbol('entry')

export function useEntry(): Entry {
  const entry = inject(ENTRY)
  if (!entry) throw new Error('the entry is not provided')
  return entry
}
