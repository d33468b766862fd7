import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
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
 * Serves the worker as one script: its sources as the build writes them, and what is built as it is.
 * Of the two hundred modules of its sources every worker and every thread would load each by itself, which
 * takes far longer than what is tested.
 */
export const wholeWorker: Plugin = {
  name: 'whole-worker',
  configureServer({ middlewares }) {
    let bundled: Promise<string> | undefined
    const read = (path: string) => {
      if (path.endsWith('/dist/worker.js'))
        return readFile(new URL('dist/worker.js', packageFolder))
      if (!path.endsWith('/src/worker.ts')) return undefined
      bundled ??= bundleWorker()
      return bundled
    }
    middlewares.use((request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?')
      const reading = read(path)
      if (!reading) return next()
      reading.then((script) => {
        response.writeHead(200, { 'Content-Type': 'text/javascript', ...ISOLATION }).end(script)
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
