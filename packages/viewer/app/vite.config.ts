import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'vite'

const output = {
  // Named as the page's own, so that a file that page and worker name is there once.
  assetFileNames: 'assets/[name].[hash].[ext]',
  chunkFileNames: 'assets/[name].[hash].js',
  entryFileNames: 'assets/[name].[hash].js',
}

const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    // Not named like a licence: pnpm adds the repository's own only where no file is.
    license: { fileName: 'third-party-notices.md' },
    rollupOptions: { output },
  },
  worker: { format: 'es', rollupOptions: { output } },
  server: {
    host: '127.0.0.1',
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
})

export default config
