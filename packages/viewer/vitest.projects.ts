import { playwright } from '@vitest/browser-playwright'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { CHROMIUM } from './test/support/chromium.ts'
import { sampleFaces } from './test/support/sample-faces-plugin.ts'

const SOURCE_CONDITIONS = ['@retinaface/source', 'module', 'browser', 'import', 'default']
/** What Vite has to prepare, so that it does not find it late and load the page again. */
const DEPENDENCIES = [
  'three',
  'three/addons/controls/OrbitControls.js',
  '@retinaface/mesh-decoder > gl-matrix',
  '@retinaface/models > @retinaface/core > onnxruntime-common',
]

/** The package's tests in Node, in the browser on software WebGL, and of the built application. */
export const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    root: 'packages/viewer',
    test: {
      name: '@retinaface/viewer',
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.browser.test.ts', 'test/app/**'],
    },
  },
  {
    extends: true,
    root: 'packages/viewer',
    test: {
      name: '@retinaface/viewer app',
      include: ['test/app/*.test.ts'],
      globalSetup: ['test/support/build-app.ts'],
      hookTimeout: 300_000,
    },
  },
  {
    extends: true,
    root: 'packages/viewer',
    plugins: [sampleFaces],
    resolve: { conditions: SOURCE_CONDITIONS },
    optimizeDeps: { include: DEPENDENCIES },
    test: {
      name: '@retinaface/viewer browser',
      include: ['test/**/*.browser.test.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        // Projects run side by side, and each needs a browser of its own.
        fileParallelism: false,
        provider: playwright({ launchOptions: CHROMIUM }),
        instances: [{ browser: 'chromium' }],
        viewport: { width: 800, height: 600 },
      },
    },
  },
]
