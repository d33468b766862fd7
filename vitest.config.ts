import { readdirSync } from 'node:fs'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { project as docs } from './apps/docs/vitest.project.ts'
import { project as batch } from './packages/batch/vitest.project.ts'
import { projects as cli } from './packages/cli/vitest.projects.ts'
import { projects as node } from './packages/node/vitest.projects.ts'
import { projects as recognition } from './packages/recognition/vitest.projects.ts'
import { projects as viewer } from './packages/viewer/vitest.projects.ts'
import { projects as web } from './packages/web/vitest.projects.ts'

// Some tests load ONNX Runtime by themselves, which would send usage events.
process.env.ORT_DISABLE_TELEMETRY ??= '1'

// Packages whose tests leave nothing behind: their files share a worker's modules, which are then
// loaded once.
const pure = ['core', 'evaluation', 'mesh-decoder', 'models']

// Tests run on the sources, without a build.
const conditions = ['@retinaface/source', 'node', 'import', 'module', 'default']

const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // `expect.poll` waits one second unless told, which is too short on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      ...readdirSync(new URL('packages', import.meta.url))
        .filter((name) => !['web', 'viewer', 'recognition', 'batch', 'cli', 'node'].includes(name))
        .map((name) => ({
          extends: true as const,
          root: `packages/${name}`,
          test: {
            name: `@retinaface/${name}`,
            include: ['test/**/*.test.ts'],
            isolate: !pure.includes(name),
          },
        })),
      {
        extends: true as const,
        root: 'benchmarks',
        test: { name: '@retinaface/benchmarks', include: ['test/**/*.test.ts'] },
      },
      batch,
      ...cli,
      ...node,
      ...recognition,
      ...viewer,
      ...web,
      docs,
    ],
  },
})

export default config
