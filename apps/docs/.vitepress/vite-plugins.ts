import { createReadStream } from 'node:fs'
import type { UserConfig } from 'vitepress'
import { ISOLATION } from './headers.ts'

type Plugin = Extract<
  NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number],
  { name: string }
>

/** The detector's worker, from its source: its own build has it as `worker.js`. */
export const workerSource: Plugin = {
  name: 'worker-source',
  enforce: 'pre',
  transform(code, id) {
    return id.endsWith('/packages/web/src/start-worker.ts')
      ? code.replace("'./worker.js'", "'./worker.ts'")
      : undefined
  },
}

/** Isolates the pages of the development server; VitePress sends them without Vite's headers. */
export const isolation: Plugin = {
  name: 'isolation',
  configureServer({ middlewares }) {
    middlewares.use((_request, response, next) => {
      for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value)
      next()
    })
  },
}

/** Serves the runtime's scripts as they are, as a built site has them; threads start from them. */
export const plainRuntime: Plugin = {
  name: 'plain-runtime',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const path = /^\/@fs(\/.*\/packages\/web\/assets\/generated\/[\w-]+\.mjs)/.exec(
        request.url ?? '',
      )?.[1]
      if (!path) return next()
      response.setHeader('Content-Type', 'text/javascript')
      createReadStream(path).pipe(response)
    })
  },
}
