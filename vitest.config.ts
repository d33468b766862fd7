import { type ViteUserConfig, defineConfig } from 'vitest/config'

const conditions = ['@retinaface/source', 'node', 'import', 'module', 'default']

const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: ['packages/*'],
  },
})

export default config
