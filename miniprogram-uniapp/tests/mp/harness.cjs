// Runs a compiled mp-weixin build without WeChat: the official WXML compiler and component framework (miniprogram-simulate) in
// jsdom, with a `wx` that records what the pages ask of the phone.
const path = require('node:path')
const { JSDOM } = require('jsdom')
const { answer, newWorld } = require('../fixtures/world.cjs')

const DEVICE = {
  brand: 'devtools',
  model: 'iPhone 15',
  system: 'iOS 17.0',
  platform: 'devtools',
  SDKVersion: '3.8.0',
  version: '8.0.50',
  language: 'zh_CN',
  theme: 'light',
  windowWidth: 390,
  windowHeight: 844,
  screenWidth: 390,
  screenHeight: 844,
  pixelRatio: 2,
  statusBarHeight: 44,
  fontSizeSetting: 16,
  deviceOrientation: 'portrait',
  safeArea: { top: 44, bottom: 810, left: 0, right: 390, width: 390, height: 766 },
  safeAreaInsets: { top: 44, bottom: 34, left: 0, right: 0 },
  host: { env: 'WeChat' },
}
/** What a browser has and WeChat has not: a page that leans on one of these must fail here too. */
const ABSENT = [
  'fetch',
  'WebSocket',
  'URLSearchParams',
  'TextDecoder',
  'AbortController',
  'FormData',
  'Headers',
  'Response',
  'Request',
  'crypto',
]
/** Names of phone calls that only have to be recorded. */
const RECORDED = [
  'navigateTo',
  'redirectTo',
  'switchTab',
  'navigateBack',
  'showToast',
  'setNavigationBarTitle',
  'stopPullDownRefresh',
  'setTabBarBadge',
  'removeTabBarBadge',
  'setClipboardData',
  'pageScrollTo',
  'previewImage',
  'requestPayment',
  'requestSubscribeMessage',
  'showLoading',
  'hideLoading',
]

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function installDom() {
  const { window } = new JSDOM('<!doctype html><html><head></head><body></body></html>', {
    url: 'https://mp.test/',
    pretendToBeVisual: true,
  })
  global.window = window
  global.document = window.document
  for (const name of [
    'HTMLElement',
    'Node',
    'Event',
    'CustomEvent',
    'Element',
    'DocumentFragment',
    'Text',
    'MutationObserver',
  ])
    global[name] = window[name]
  Object.defineProperty(global, 'navigator', { value: window.navigator, configurable: true })
}

/** Every match below a component, inside its child components too; the framework's own query stops at their borders. */
function deepQuery(component, selector) {
  const Wrapper = Object.getPrototypeOf(component.constructor)
  const found = new Set()
  const visit = (node) => {
    const inner = node.shadowRoot
    if (inner?.querySelectorAll) {
      for (const match of inner.querySelectorAll(selector)) found.add(match)
      visit(inner)
    }
    for (const child of node.childNodes ?? []) visit(child)
  }
  visit(component._exparserNode)
  return [...found].map((node) => new Wrapper(node))
}

/** A socket that never answers unless a test takes it over. */
function quietSocket(sockets, options) {
  const listeners = {}
  const on = (name) => (listener) => {
    listeners[name] = listener
  }
  const task = {
    options,
    sent: [],
    listeners,
    onOpen: on('open'),
    onMessage: on('message'),
    onError: on('error'),
    onClose: on('close'),
  }
  task.send = ({ data }) => task.sent.push(JSON.parse(data))
  task.close = (closing = {}) => listeners.close?.({ code: closing.code ?? 1000, reason: '' })
  task.tell = (message) => listeners.message?.({ data: JSON.stringify(message) })
  sockets.push(task)
  return task
}

/** What a GET asks. Taken apart by hand: the tools for it are among what WeChat has not. */
function asked(url) {
  const pairs = url.split('?')[1].split('&')
  const found = Object.fromEntries(pairs.map((pair) => pair.split('=').map(decodeURIComponent)))
  return { ...found, variables: JSON.parse(found.variables) }
}

function selectorQuery() {
  const rectangle = { left: 0, top: 0, width: 100, height: 40, right: 100, bottom: 40 }
  let listener
  const query = {
    boundingClientRect: (callback) => {
      listener = callback
      return query
    },
    exec: (callback) =>
      setTimeout(() => {
        listener?.(rectangle)
        callback?.([rectangle])
      }, 0),
  }
  for (const name of ['in', 'select', 'selectAll', 'selectViewport', 'scrollOffset', 'fields'])
    query[name] = () => query
  return query
}

/** Boots the build; `storage` is what the phone kept from an earlier launch. */
function boot(root, { storage = {} } = {}) {
  installDom()
  const simulate = require('miniprogram-simulate')
  for (const name of ABSENT) Reflect.deleteProperty(globalThis, name)
  const mp = {
    calls: [],
    sockets: [],
    world: newWorld(),
    network: 'up',
    storage: new Map(Object.entries(storage)),
    paying: 'ok',
  }
  const record =
    (name) =>
    (options = {}) => {
      mp.calls.push([name, options])
      if (name === 'requestPayment' && mp.paying !== 'ok')
        return setTimeout(() => options.fail?.({ errMsg: `requestPayment:fail ${mp.paying}` }), 0)
      setTimeout(() => {
        const accepted = (options.tmplIds ?? []).map((id) => [id, 'accept'])
        options.success?.({ errMsg: `${name}:ok`, ...Object.fromEntries(accepted) })
        options.complete?.({})
      }, 0)
    }
  const request = (options) => {
    const body = options.method === 'GET' ? asked(options.url) : JSON.parse(options.data)
    const respond = async () => {
      if (mp.network === 'down') return options.fail({ errMsg: 'request:fail timeout' })
      const reply = await answer(mp.world, body).catch((error) => {
        mp.broken = error
        throw error
      })
      options.success({ statusCode: 200, header: { 'Content-Type': 'application/json' }, data: JSON.stringify(reply) })
    }
    mp.requests.push({
      operation: body.operationName,
      variables: body.variables,
      header: options.header,
      method: options.method,
      url: options.url,
    })
    setTimeout(() => respond().catch((error) => options.fail({ errMsg: String(error) })), 2)
    return { abort() {} }
  }
  mp.requests = []
  Object.assign(global.wx, Object.fromEntries(RECORDED.map((name) => [name, record(name)])), {
    request,
    connectSocket: (options) => quietSocket(mp.sockets, options),
    login: ({ success }) => setTimeout(() => success({ code: 'wx-code' }), 0),
    showModal: (options) => {
      mp.calls.push(['showModal', options])
      setTimeout(() => options.success?.({ confirm: true, cancel: false }), 0)
    },
    getStorageSync: (name) => mp.storage.get(name) ?? '',
    setStorageSync: (name, value) => {
      mp.storage.set(name, value)
    },
    removeStorageSync: (name) => {
      mp.storage.delete(name)
    },
    canIUse: () => true,
    getLaunchOptionsSync: () => ({ path: 'pages/home/home', query: {} }),
    getEnterOptionsSync: () => ({ path: 'pages/home/home', query: {} }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0', envVersion: 'develop' } }),
    getMenuButtonBoundingClientRect: () => ({ top: 50, bottom: 82, height: 32, width: 87, left: 290, right: 380 }),
    getSystemInfo: ({ success }) => success?.(DEVICE),
    nextTick: (callback) => setTimeout(callback, 0),
    createSelectorQuery: selectorQuery,
    createIntersectionObserver: () => ({
      relativeTo() {
        return this
      },
      relativeToViewport() {
        return this
      },
      observe() {},
      disconnect() {},
    }),
    createAnimation: () =>
      new Proxy({}, { get: (_target, name) => (name === 'export' ? () => ({}) : () => new Proxy({}, {})) }),
  })
  for (const name of ['getSystemInfoSync', 'getAppBaseInfo', 'getDeviceInfo', 'getWindowInfo'])
    global.wx[name] = () => DEVICE
  for (const name of ['getSystemSetting', 'getAppAuthorizeSetting']) global.wx[name] = () => ({})
  for (const name of [
    'onAppShow',
    'onAppHide',
    'onNetworkStatusChange',
    'onThemeChange',
    'onWindowResize',
    'offWindowResize',
  ])
    global.wx[name] = () => {}

  let app
  const current = { route: 'pages/home/home', options: {}, $page: { fullPath: '/pages/home/home' } }
  global.__wxConfig = {}
  global.App = (definition) => {
    app = definition
  }
  global.getApp = () => app
  global.getCurrentPages = () => [current]
  global.Page = (definition) => global.Component(definition)
  require(path.join(root, 'app.js'))
  app.onLaunch({ path: 'pages/home/home', query: {}, scene: 1001 })
  app.onShow?.({})

  /** Waits until what `read` gives is true; the pages answer over several turns of the event loop. */
  mp.until = async (read, what = String(read)) => {
    for (let turn = 0; turn < 150; turn++) {
      if (mp.broken) throw mp.broken
      if (read()) return
      await sleep(20)
    }
    throw new Error(`never happened: ${what}`)
  }

  mp.open = async (route, query = {}) => {
    Object.assign(current, { route, options: query, $page: { fullPath: `/${route}` } })
    const component = simulate.render(simulate.load(path.join(root, route), { rootPath: root }))
    const host = document.createElement('div')
    document.body.appendChild(host)
    component.attach(host)
    const instance = component.instance
    instance.onLoad?.(query)
    instance.onShow?.()
    instance.onReady?.()
    await sleep(30)
    return {
      component,
      instance,
      text: () => host.textContent.replace(/\s+/g, ' '),
      html: () => host.innerHTML,
      all: (selector) => deepQuery(component, selector),
      close: () => {
        instance.onUnload?.()
        component.detach()
        host.remove()
      },
      async shows(pattern) {
        await mp.until(
          () => pattern.test(host.textContent.replace(/\s+/g, ' ')),
          `${pattern} in «${host.textContent.slice(0, 400)}»`,
        )
      },
      async tap(selector, index = 0) {
        const element = deepQuery(component, selector)[index]
        if (!element) throw new Error(`nothing to tap at ${selector} [${index}]`)
        element.dispatchEvent('tap')
        await sleep(60)
      },
    }
  }
  mp.called = (name) => mp.calls.filter(([called]) => called === name).map(([, options]) => options)
  mp.sleep = sleep
  return mp
}

module.exports = { boot }
