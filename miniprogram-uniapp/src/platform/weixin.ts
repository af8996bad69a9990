import type { Coordinates, PaymentTicket, Platform } from './types'

function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    uni.login({
      provider: 'weixin',
      success: ({ code }) => resolve(code),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}

function pay(ticket: PaymentTicket): Promise<'done' | 'cancelled'> {
  return new Promise((resolve, reject) => {
    uni.requestPayment({
      provider: 'wxpay',
      orderInfo: '',
      timeStamp: ticket.timeStamp,
      nonceStr: ticket.nonceStr,
      package: ticket.package,
      signType: ticket.signType,
      paySign: ticket.paySign,
      success: () => resolve('done'),
      fail: ({ errMsg }: { errMsg: string }) => {
        if (errMsg.includes('cancel')) resolve('cancelled')
        else reject(new Error(errMsg))
      },
    })
  })
}

/** Whoever says no, or has said no for good, is left in peace: no message is not a failure. */
function askMessages(templateIds: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    uni.requestSubscribeMessage({
      tmplIds: templateIds,
      success: (answers) => resolve(Object.values(answers).some((answer) => String(answer).startsWith('accept'))),
      fail: () => resolve(false),
    })
  })
}

function whereAmI(): Promise<Coordinates> {
  return new Promise((resolve, reject) => {
    wx.getFuzzyLocation({
      type: 'gcj02',
      success: ({ longitude, latitude }) => resolve({ longitude, latitude }),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}

/** WeChat fetches a new release while an old one runs, and takes it at the next start: this one. */
function renew(): void {
  const path = '/pages/home/home'
  if (wx.restartMiniProgram) wx.restartMiniProgram({ path })
  else uni.reLaunch({ url: path })
}

const ORIGIN = (import.meta.env.VITE_API_BASE ?? 'http://127.0.0.1:8000').replace(/\/$/, '')

export const weixin: Platform = {
  origin: () => ORIGIN,
  pageUrl: (path) => `${ORIGIN}/#${path}`,
  apiUrl: () => `${ORIGIN}/graphql`,
  deviceName: () => `微信 ${uni.getSystemInfoSync().model ?? ''}`.trim(),
  renew,
  loginChoices: async () => [],
  loginCode,
  phoneByButton: true,
  phoneCode: () => Promise.reject(new Error('微信中请使用手机号授权按钮')),
  pay,
  asksMessages: true,
  askMessages,
  whereAmI,
}
