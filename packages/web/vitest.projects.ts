import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { CHROMIUM } from './test/support/chromium.ts'

// Tests run on the sources; the runtime lies where the build put it.
const conditions = ['@retinaface/source', 'module', 'browser', 'import', 'default']

/** Lets pages share memory between threads, as a server that wants speed does. */
const isolation: Plugin = {
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
const plainAssets: Plugin = {
  name: 'plain-assets',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?')
      if (!/^\/assets\/generated\/[\w-]+\.mjs$/.test(path)) return next()
      response.setHeader('Content-Type', 'text/javascript')
      createReadStream(fileURLToPath(new URL(`.${path}`, import.meta.url))).pipe(response)
    })
  },
}

/** The Node side of the package's tests, and the browser's with and without shared memory. */
export const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    root: 'packages/web',
    test: {
      name: '@retinaface/web',
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.browser.test.ts'],
    },
  },
  browserProject('isolated', ['test/**/*.browser.test.ts'], [isolation, plainAssets]),
  browserProject('plain', ['test/contract/*.browser.test.ts'], [plainAssets]),
]

function browserProject(
  name: string,
  include: string[],
  plugins: Plugin[],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    root: 'packages/web',
    plugins,
    resolve: { conditions },
    optimizeDeps: {
      include: ['onnxruntime-common', '@retinaface/core > @retinaface/mesh-decoder > gl-matrix'],
    },
    test: {
      name: `@retinaface/web ${name}`,
      include,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: CHROMIUM }),
        instances: [{ browser: 'chromium' }],
      },
    },
  }
}
