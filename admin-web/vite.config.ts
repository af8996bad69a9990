import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// The server publishes dist under /console/ and answers /admin and /merchant with the two pages.
export default defineConfig({
  base: '/console/',
  plugins: [
    vue(),
    // Styles come once from the theme file, types from element-plus/global: the plugin only trims unused components.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: false })] }),
  ],
  resolve: { alias: { '@': here('./src') } },
  server: {
    proxy: { '/graphql': { target: process.env['CONSOLE_API'] ?? 'http://127.0.0.1:8000', ws: true } },
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // GraphiQL's packages say "use client" at the top of each module, which means nothing here.
      onwarn: (warning, tell) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || tell(warning),
      input: { admin: here('./admin/index.html'), merchant: here('./merchant/index.html') },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 60_000,
    server: { deps: { inline: ['element-plus'] } },
  },
})
