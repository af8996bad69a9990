/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the mini-program finds the API, e.g. https://mall.example.cn; the H5 build uses its own origin. */
  readonly VITE_API_BASE?: string
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}

/** The part of WeChat's own API that uni-app does not wrap. */
declare const wx: {
  getFuzzyLocation(options: {
    type: 'gcj02' | 'wgs84'
    success(place: { longitude: number; latitude: number }): void
    fail(reason: { errMsg: string }): void
  }): void
  /** Since version 3.0.1 of the base library. */
  restartMiniProgram?(options: { path: string }): void
}

declare module 'uno.css'

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
