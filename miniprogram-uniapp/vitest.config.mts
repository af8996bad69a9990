import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      '@': path.resolve(import.meta.dirname, 'src'),
      'graphql-tag': path.resolve(import.meta.dirname, 'src/api/gql-tag.ts'),
    },
  },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
})
