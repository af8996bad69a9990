import { ElMessage } from 'element-plus'
import type { Api } from '@/api/client'
import { ApiFailure, UNREACHABLE } from '@/api/failure'
import {
  StaffLoginDocument,
  StaffLogoutDocument,
  StaffMeDocument,
  type StaffFieldsFragment,
  type StaffKind,
  type StaffLoginMutation,
} from '@/gql/graphql'
import { useStaff } from './staff'

export type LoginAnswer = Exclude<StaffLoginMutation['staffLogin'], { __typename: 'StaffSession' }>

export interface Credentials {
  login: string
  password: string
  totp: string | null
  remember: boolean
}

export type LoginOutcome = { kind: 'in' } | { kind: 'wrong-entry' } | { kind: 'refused'; answer: LoginAnswer }

/** Logs in at one entry; staff of the other kind are turned away before any token is kept. */
export async function logIn(api: Api, kind: StaffKind, wanted: Credentials): Promise<LoginOutcome> {
  const { login, password, totp } = wanted
  const { staffLogin: answer } = await api.ask(StaffLoginDocument, { login, password, totp })
  if (answer.__typename !== 'StaffSession') return { kind: 'refused', answer }
  if (answer.staff.kind !== kind) return { kind: 'wrong-entry' }
  const tokens = { access: answer.accessToken, refresh: answer.refreshToken, expiresAt: answer.expiresAt }
  api.box.save(tokens, wanted.remember)
  useStaff().become(answer.staff)
  return { kind: 'in' }
}

/** The staff behind the kept tokens, asked once per page load; null when there is nobody, or somebody of the other entry. */
export async function whoAmI(api: Api, kind: StaffKind): Promise<boolean> {
  const store = useStaff()
  if (store.staff) return true
  const found = await ask(api)
  if (found?.kind !== kind) {
    api.box.clear()
    return false
  }
  store.become(found)
  return true
}

/** To a token that ended the server answers like to a stranger, with nobody: then it is renewed and asked again. */
async function ask(api: Api): Promise<StaffFieldsFragment | null> {
  const tokens = await api.transport.usable().catch(unreachable)
  if (!tokens) return null
  const { staffMe } = await api.ask(StaffMeDocument, {})
  if (staffMe) return staffMe
  const renewed = await api.transport.renew(tokens.access).catch(unreachable)
  return renewed ? ((await api.ask(StaffMeDocument, {})).staffMe ?? null) : null
}

function unreachable(): never {
  throw new ApiFailure(UNREACHABLE)
}

/** Ends the session here even when the server cannot be told. */
export async function logOut(api: Api): Promise<void> {
  try {
    await api.ask(StaffLogoutDocument, {})
  } catch {
    ElMessage.warning('未能通知服务器，本机已退出登录')
  }
  api.box.clear()
  await api.live.close()
  useStaff().become(null)
}
