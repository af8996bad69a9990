import path from 'node:path'
import uni from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'

/** Templates say `role`, as browsers do; WeChat's name for it is `aria-role`. */
function weixinRoles(): Plugin {
  return {
    name: 'weixin-roles',
    enforce: 'pre',
    transform: (code, id) =>
      process.env.UNI_PLATFORM === 'mp-weixin' && id.endsWith('.vue') ? code.replaceAll(' role="', ' aria-role="') : null,
  }
}

export default defineConfig(async () => {
  // ESM-only, while uni loads this file as CommonJS.
  const { default: UnoCSS } = await import('unocss/vite')
  const { presetIcons } = await import('unocss')
  const icons = presetIcons({ extraProperties: { display: 'inline-block', 'vertical-align': 'middle' } })
  return {
    resolve: {
      alias: {
        '@': path.resolve(__dirname, 'src'),
        'graphql-tag': path.resolve(__dirname, 'src/api/gql-tag.ts'),
      },
    },
    plugins: [weixinRoles(), uni(), UnoCSS({ configFile: false, presets: [icons] })],
  }
})
