import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { mall, tokenStore } from '@/api/mall'
import { LoginDocument, LogoutDocument, type SessionWholeFragment } from '@/gql/graphql'
import { platform } from '@/platform'
import { Failure } from '@/api/failure'

export type SessionMember = SessionWholeFragment['member']

/** Who is using the mall on this device. */
export const useSession = defineStore('session', () => {
  const member = shallowRef<SessionMember | null>(null)
  const hasTokens = ref(tokenStore.access() !== null)
  const loggedIn = computed(() => hasTokens.value)

  async function login(choice?: string): Promise<void> {
    const code = await platform().loginCode(choice)
    const { login: answer } = await mall.mutate(LoginDocument, { code, device: platform().deviceName() })
    if (answer.__typename === 'Refused') throw new Failure('server', answer.message, answer.code)
    tokenStore.keep(answer)
    member.value = answer.member
    hasTokens.value = true
  }

  tokenStore.onForget(() => {
    member.value = null
    hasTokens.value = false
  })

  function forget(): void {
    tokenStore.forget()
  }

  async function logout(): Promise<void> {
    // Even when the server cannot be told, this device must not stay logged in.
    await mall.mutate(LogoutDocument, {}).catch(() => undefined)
    forget()
  }

  function know(known: SessionMember): void {
    member.value = known
  }

  return { member, loggedIn, login, logout, forget, know }
})
