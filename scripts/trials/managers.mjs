import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProject, expectOutput, fetched, found, packageManager, run } from './project.mjs'

const node = ['@retinaface/node']
const quiet = ['--no-audit', '--no-fund']

/** The packages installed by each package manager, and used from both module formats. */
export const managers = {
  npm: install(['npm', 'install', ...quiet]),
  pnpm: install(fetched(packageManager, 'install', '--no-frozen-lockfile')),
  'Yarn 1': install(fetched('yarn@1', 'install', '--no-lockfile')),
  'Yarn 4': install(fetched('@yarnpkg/cli-dist@4', 'install'), (folder) => {
    writeFileSync(join(folder, '.yarnrc.yml'), 'nodeLinker: node-modules\n')
    writeFileSync(join(folder, 'yarn.lock'), '')
  }),
  'Bun, installing': install(fetched('bun@1', 'install')),
}

function install(command, prepare) {
  return (folder, tarballs) => {
    createProject(folder, tarballs, node)
    prepare?.(folder)
    run(folder, command)
    expectOutput(run(folder, ['node', 'find.mjs']), found)
    expectOutput(run(folder, ['node', 'find.cjs']), found)
  }
}
