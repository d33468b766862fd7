import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProject, run } from './project.mjs'

const versions = ['5.4', '5.6', '5.9', '6', 'latest']
const names = ['core', 'mesh-decoder', 'models', 'node', 'web', 'recognition', 'evaluation']
const packages = names.map((name) => `@retinaface/${name}`)

/** The declarations of every package, each file checked (`skipLibCheck: false`), by old and new compilers. */
export const types = Object.fromEntries(
  versions.map((version) => [`TypeScript ${version}`, (...args) => check(version, ...args)]),
)

function check(version, folder, tarballs) {
  createProject(folder, tarballs, [...packages, '@retinaface/viewer'], {
    typescript: version,
    '@types/node': '^20.19.0',
    '@types/three': '^0.187.0',
    three: '^0.187.0',
  })
  const imports = [...packages, '@retinaface/viewer'].map(
    (name, index) => `import * as p${index} from '${name}'\nexport { p${index} }\n`,
  )
  writeFileSync(join(folder, 'all.mts'), imports.join(''))
  writeFileSync(join(folder, 'all.ts'), imports.join(''))
  run(folder, ['npm', 'install', '--no-audit', '--no-fund'])
  const both = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022']
  const lib = ['--lib', 'es2022,esnext.disposable,dom,dom.iterable', '--types', 'node']
  const tsc = ['npx', 'tsc', ...both, ...lib]
  run(folder, [...tsc, '--module', 'nodenext', '--moduleResolution', 'nodenext', 'all.mts'])
  run(folder, [...tsc, '--module', 'esnext', '--moduleResolution', 'bundler', 'all.ts'])
}
