import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Rolldown } from 'tsdown'
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

/**
 * Serves the worker's sources as one script, as the build writes them. Of its hundred modules every
 * worker and every thread would load each by itself, which takes far longer than what is tested.
 */
export const wholeWorker: Plugin = {
  name: 'whole-worker',
  configureServer({ middlewares }) {
    let script: Promise<string> | undefined
    middlewares.use((request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?')
      if (!path.endsWith('/src/worker.ts')) return next()
      script ??= bundleWorker()
      script.then((text) => {
        response.writeHead(200, { 'Content-Type': 'text/javascript', ...ISOLATION }).end(text)
      }, next)
    })
  },
}

async function bundleWorker(): Promise<string> {
  const bundle = await Rolldown.rolldown({
    input: fileURLToPath(new URL('src/worker.ts', packageFolder)),
    platform: 'browser',
    resolve: { conditionNames: SOURCE_CONDITIONS },
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  await bundle.close()
  return output[0].code
}
