import type { TestProjectInlineConfiguration } from 'vitest/config'

// Each replaces a module that other files load, too.
const alone = ['test/detector-contract.test.ts', 'test/read-limits.test.ts']

/** The package's tests, in this process and in processes of its own. */
export const projects: TestProjectInlineConfiguration[] = [
  project('@retinaface/node', {
    include: ['test/**/*.test.ts'],
    exclude: alone,
    // Each file would load ONNX Runtime, sharp and the package again.
    isolate: false,
  }),
  project('@retinaface/node alone', { include: alone }),
]

function project(
  name: string,
  files: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    root: 'packages/node',
    test: { name, ...files },
  }
}
