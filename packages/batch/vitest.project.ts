import type { TestProjectInlineConfiguration } from 'vitest/config'

// Without `module`: the AWS SDK has files under it that Node.js does not load.
const conditions = ['@retinaface/source', 'node', 'import', 'default']

/** The package's tests, some of which use the built command with workers, Redis and a stub of S3. */
export const project: TestProjectInlineConfiguration = {
  root: 'packages/batch',
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: '@retinaface/batch',
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
}
