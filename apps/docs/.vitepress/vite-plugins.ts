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

/** Serves the runtime's scripts as they are, as a built site has them. */
export const plainRuntime: Plugin = {
  name: 'plain-runtime',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const path = /^\/@fs(\/.*\/packages\/web\/assets\/generated\/[\w-]+\.mjs)/.exec(
        request.url ?? '',
      )?.[1]
      if (!path) return next()
      // Threads start from these files, and an isolated page takes only isolated workers.
      response.writeHead(200, { 'Content-Type': 'text/javascript', ...ISOLATION })
      createReadStream(path).pipe(response)
    })
  },
}
