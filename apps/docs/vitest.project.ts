import type { TestProjectInlineConfiguration } from 'vitest/config'

/** The checks of the built site; the site is built once, and one browser opens its pages. */
export const project: TestProjectInlineConfiguration = {
  extends: true,
  root: 'apps/docs',
  test: {
    name: '@retinaface/docs',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/open-site.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
}
