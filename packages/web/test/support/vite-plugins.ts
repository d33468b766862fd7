import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

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

/** Lets pages share memory between threads, as a server that wants speed does. */
export const isolation: Plugin = {
  name: 'cross-origin-isolation',
  configureServer({ middlewares }) {
    middlewares.use((_request, response, next) => {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
      next()
    })
  },
}

/** Serves the runtime's scripts as they are, as every host of a built page does. */
export const plainAssets: Plugin = {
  name: 'plain-assets',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?')
      if (!/^\/assets\/generated\/[\w-]+\.mjs$/.test(path)) return next()
      response.setHeader('Content-Type', 'text/javascript')
      createReadStream(fileURLToPath(new URL(`.${path}`, packageFolder))).pipe(response)
    })
  },
}
