import { playwright } from '@vitest/browser-playwright'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { CHROMIUM } from '../web/test/support/chromium.ts'
import { DEPENDENCIES, SOURCE_CONDITIONS } from '../web/test/support/vite-plugins.ts'

/** The package's tests in Node.js and in a browser. */
export const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    root: 'packages/recognition',
    test: {
      name: '@retinaface/recognition',
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.browser.test.ts'],
    },
  },
  {
    extends: true,
    root: 'packages/recognition',
    resolve: { conditions: SOURCE_CONDITIONS },
    optimizeDeps: { include: ['@retinaface/core > onnxruntime-common', ...DEPENDENCIES.slice(1)] },
    test: {
      name: '@retinaface/recognition browser',
      include: ['test/**/*.browser.test.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        // Projects run side by side, and each needs a browser of its own.
        fileParallelism: false,
        provider: playwright({ launchOptions: CHROMIUM }),
        instances: [{ browser: 'chromium' }],
      },
    },
  },
]
