import { defineConfig } from 'vite'

// With these headers the network runs on several threads.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  server: { headers },
  preview: { headers },
  optimizeDeps: { exclude: ['@retinaface/web'] },
  worker: { format: 'es' },
  build: { target: 'es2022' },
})
