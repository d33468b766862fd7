import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { ISOLATION } from './static-server.ts'

const packageFolder = new URL('../../', import.meta.url)

/** Tests run on the sources. */
export const SOURCE_CONDITIONS: string[] = [
  '@retinaface/source',
  'module',
  'browser',
  'import',
  'default',
]

/** What Vite has to prepare, so that it does not find it late and load the page again. */
export const DEPENDENCIES: string[] = [
  'onnxruntime-common',
  '@retinaface/core > @retinaface/mesh-decoder > gl-matrix',
]

/** Serves the runtime's scripts as they are, as every host of a built page does. */
export const plainAssets: Plugin = {
  name: 'plain-assets',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?')
      if (!/^\/assets\/generated\/[\w-]+\.mjs$/.test(path)) return next()
      // Threads start from these files, and an isolated page takes only isolated workers.
      response.writeHead(200, { 'Content-Type': 'text/javascript', ...ISOLATION })
      createReadStream(fileURLToPath(new URL(`.${path}`, packageFolder))).pipe(response)
    })
  },
}
