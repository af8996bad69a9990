import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Api } from '@/api/client'
import { ApiFailure, isProblem } from '@/api/failure'
import { MerchantDropDraftDocument, MerchantSaveDraftDocument } from '@/gql/graphql'

export type DraftState = 'new' | 'saving' | 'saved' | 'waiting' | 'refused'

export const DRAFT_STATES: Record<DraftState, string> = {
  new: '',
  saving: '正在保存…',
  saved: '已自动保存',
  waiting: '没有网络，已存在手机上，联网后自动保存',
  refused: '草稿没有保存',
}

const QUIET_MS = 800
const LONGEST_WAIT_MS = 30_000
const KEPT = 'listing-draft'

export interface Kept {
  id: string
  revision: number
  body: string
}

/** What this phone still holds of a draft that may not have reached the server. */
export function keptDraft(): Kept | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    if (typeof found !== 'object' || found === null) return null
    const [id, revision, body]: unknown[] = [Reflect.get(found, 'id'), Reflect.get(found, 'revision'), Reflect.get(found, 'body')]
    return typeof id === 'string' && typeof revision === 'number' && typeof body === 'string' ? { id, revision, body } : null
  } catch {
    return null
  }
}

/**
 * Saves what is typed, a moment after the last key: first on the phone, then on the server, again and again until it
 * has arrived. Every saving is named by draft and revision, so one whose answer was lost may be sent again.
 */
export function useDraft<Form extends object>(api: Api, form: Form, titleOf: (form: Form) => string): { state: Ref<DraftState>; begin: (kept: Kept | null) => void; drop: () => Promise<void> } {
  const state = ref<DraftState>('new')
  let id: string = crypto.randomUUID()
  let revision = 0
  let saved = 0
  let body = JSON.stringify(form)
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending = false
  let wait = QUIET_MS

  function begin(kept: Kept | null): void {
    id = kept?.id ?? crypto.randomUUID()
    revision = saved = kept?.revision ?? 0
    body = JSON.stringify(form)
    state.value = 'new'
  }

  function later(delay: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void send(), delay)
  }

  async function send(): Promise<void> {
    if (sending || saved === revision) return
    sending = true
    const mine = revision
    state.value = 'saving'
    try {
      const { merchantSaveDraft: answer } = await api.ask(MerchantSaveDraftDocument, { id, revision: mine, title: titleOf(form).slice(0, 60), body })
      saved = mine
      wait = QUIET_MS
      state.value = isProblem(answer) ? 'refused' : 'saved'
    } catch (fault) {
      if (!(fault instanceof ApiFailure)) throw fault
      state.value = 'waiting'
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    } finally {
      sending = false
    }
    if (saved !== revision) later(wait)
  }

  async function drop(): Promise<void> {
    clearTimeout(timer)
    saved = revision
    localStorage.removeItem(KEPT)
    try {
      await api.ask(MerchantDropDraftDocument, { id })
    } catch (fault) {
      // It is only tidying up: what stays can be deleted from the list of drafts.
      if (!(fault instanceof ApiFailure)) throw fault
    }
  }

  watch(form, () => {
    const now = JSON.stringify(form)
    if (now === body) return
    body = now
    revision += 1
    localStorage.setItem(KEPT, JSON.stringify({ id, revision, body }))
    later(wait)
  })
  const online = (): void => later(0)
  window.addEventListener('online', online)
  onScopeDispose(() => {
    clearTimeout(timer)
    window.removeEventListener('online', online)
  })
  return { state, begin, drop }
}
