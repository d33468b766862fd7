import type { TestProjectInlineConfiguration } from 'vitest/config'

// Each changes what others see: modules of Node.js, or the globals.
const alone = ['test/output/output-folder.test.ts', 'test/commands/blur-strength.test.ts']

/** The command's tests, in this process and as processes of its own. */
export const projects: TestProjectInlineConfiguration[] = [
  project('@retinaface/cli', {
    include: ['test/**/*.test.ts'],
    exclude: alone,
    // Each file would load the whole command again.
    isolate: false,
  }),
  project('@retinaface/cli alone', { include: alone }),
]

function project(
  name: string,
  files: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    root: 'packages/cli',
    test: { name, globalSetup: ['test/bundle-command.ts'], ...files },
  }
}
