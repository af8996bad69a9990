import { maskPhone } from '@/text/phone'
import type { Coordinates, LoginChoice, PaymentTicket, Platform } from './types'

// A browser has no wx.login and no wx.requestPayment: the WeChat simulator, served on this origin, stands in for the phone.
const SIMULATOR = '/wxsim'
const CHOSEN = 'mall.h5.user'
/** What the simulator takes for somebody it has never seen. */
const NEWCOMER = 'new'

function ask<Answer>(method: 'GET' | 'POST', path: string, data?: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: `${SIMULATOR}${path}`,
      method,
      data,
      timeout: 10_000,
      success: ({ statusCode, data: answer }) => {
        if (statusCode >= 200 && statusCode < 300) resolve(answer as Answer)
        else reject(new Error(`simulator answered ${statusCode}`))
      },
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}

interface SimulatedUser {
  openid: string
  nickname: string
  phone: string
}

async function loginChoices(): Promise<LoginChoice[]> {
  const { users } = await ask<{ users: SimulatedUser[] }>('GET', '/h5/users')
  const known = users.map(({ openid, nickname, phone }) => ({ id: openid, nickname, note: maskPhone(phone) }))
  return [...known, { id: NEWCOMER, nickname: '新用户', note: '第一次来昭通商城' }]
}

async function loginCode(choice?: string): Promise<string> {
  const user = choice ?? String(uni.getStorageSync(CHOSEN) || '')
  const { code, user: who } = await ask<{ code: string; user: SimulatedUser }>('POST', '/h5/login', { user })
  uni.setStorageSync(CHOSEN, who.openid)
  return code
}

async function phoneCode(): Promise<string> {
  const { code } = await ask<{ code: string }>('POST', '/h5/phone', {
    openid: String(uni.getStorageSync(CHOSEN) || ''),
  })
  return code
}

async function pay({ tradeId, prepayId }: PaymentTicket, page?: string): Promise<'left'> {
  const back = `/#${page ?? `/pkg-trade/cashier/cashier?trade=${encodeURIComponent(tradeId)}`}&returned=1`
  const query = `prepay_id=${encodeURIComponent(prepayId)}&return_to=${encodeURIComponent(back)}`
  location.href = `${SIMULATOR}/cashier?${query}`
  return 'left'
}

function whereAmI(): Promise<Coordinates> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('no geolocation'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ longitude: coords.longitude, latitude: coords.latitude }),
      (error) => reject(new Error(error.message)),
      { timeout: 8000, maximumAge: 600_000 },
    )
  })
}

function deviceName(): string {
  const agent = navigator.userAgent
  const system = /iPhone|iPad|Android|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  return `浏览器 ${system}`.trim()
}

export const h5: Platform = {
  origin: () => '',
  pageUrl: (path) => `${location.origin}/#${path}`,
  apiUrl: () => `${location.origin}/graphql`,
  deviceName,
  renew: () => location.reload(),
  loginChoices,
  loginCode,
  phoneByButton: false,
  phoneCode,
  pay,
  asksMessages: false,
  askMessages: async () => false,
  whereAmI,
}
