import type { TestProjectInlineConfiguration } from 'vitest/config'

/** The command's tests, in this process and as processes of its own. */
export const project: TestProjectInlineConfiguration = {
  extends: true,
  root: 'packages/cli',
  test: {
    name: '@retinaface/cli',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/bundle-command.ts'],
  },
}
