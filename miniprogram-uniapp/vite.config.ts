import path from 'node:path'
import uni from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'

const TEMPLATE = /<template>[\s\S]*<\/template>/

/**
 * Two habits of our templates that WeChat does not share: they say `role`, as browsers do, where WeChat says `aria-role`; and a
 * line break beside a tag is layout of the source, which WXML would show as a space.
 */
function templates(): Plugin {
  const weixin = process.env.UNI_PLATFORM === 'mp-weixin'
  const adapt = (template: string) => {
    const joined = template.replace(/>\s*\n\s*/g, '>').replace(/\s*\n\s*<(?=[\w/!])/g, '<')
    return weixin
      ? joined.replace(/\brole="/g, (found, at: number) => (joined[at - 1] === '-' ? found : 'aria-role="'))
      : joined
  }
  return {
    name: 'mall-templates',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('.vue') && id.includes('/src/') ? code.replace(TEMPLATE, adapt) : null),
  }
}

/**
 * The pages a visit begins with and what they are made of, in one piece beside the framework: as pieces of half a kilobyte, each a
 * request of its own, they kept the first page of a phone waiting for a second. Pages of packages stay apart, loaded when opened.
 */
const firstPages = (id: string) => (/\/src\/pages\//.test(id) ? 'first' : undefined)

export default defineConfig(async () => {
  // ESM-only, while uni loads this file as CommonJS.
  const { default: UnoCSS } = await import('unocss/vite')
  const { presetIcons } = await import('unocss')
  const icons = presetIcons({ extraProperties: { display: 'inline-block', 'vertical-align': 'middle' } })
  return {
    resolve: {
      alias: { '@': path.resolve(__dirname, 'src') },
    },
    build: process.env.UNI_PLATFORM === 'h5' ? { rollupOptions: { output: { manualChunks: firstPages } } } : {},
    plugins: [uni(), templates(), UnoCSS({ configFile: false, presets: [icons] })],
  }
})
