import type { OutgoingHttpHeaders } from 'node:http'
import { playwright } from '@vitest/browser-playwright'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { CHROMIUM } from './test/support/chromium.ts'
import { ISOLATION } from './test/support/static-server.ts'
import {
  DEPENDENCIES,
  plainAssets,
  SOURCE_CONDITIONS,
  wholeWorker,
} from './test/support/vite-plugins.ts'

// A browser that Playwright installed, in place of Debian's Chromium.
const installed = process.env.RETINAFACE_BROWSER as 'chromium' | 'firefox' | 'webkit' | undefined

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
  browserProject('isolated', ['test/**/*.browser.test.ts'], ISOLATION),
  browserProject('plain', ['test/contract/*.browser.test.ts'], {}),
]

function browserProject(
  name: string,
  include: string[],
  headers: OutgoingHttpHeaders,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    root: 'packages/web',
    plugins: [plainAssets, wholeWorker],
    server: { headers },
    resolve: { conditions: SOURCE_CONDITIONS },
    optimizeDeps: { include: DEPENDENCIES },
    test: {
      name: `@retinaface/web ${name}`,
      include,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        // Projects run side by side, and each needs a browser of its own.
        fileParallelism: false,
        provider: playwright({ launchOptions: installed ? {} : CHROMIUM }),
        instances: [{ browser: installed ?? 'chromium' }],
      },
    },
  }
}
