import type { Platform } from './types'
// #ifdef H5
import { h5 } from './h5'
// #endif
// #ifdef MP-WEIXIN
import { weixin } from './weixin'
// #endif

export type * from './types'

/** The platform this build was compiled for; the other one's code is not in it. */
export function platform(): Platform {
  // #ifdef H5
  return h5
  // #endif
  // #ifdef MP-WEIXIN
  return weixin
  // #endif
}
