import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { CHROMIUM } from './test/support/chromium.ts'
import {
  DEPENDENCIES,
  isolation,
  plainAssets,
  SOURCE_CONDITIONS,
} from './test/support/vite-plugins.ts'

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
    resolve: { conditions: SOURCE_CONDITIONS },
    optimizeDeps: { include: DEPENDENCIES },
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
