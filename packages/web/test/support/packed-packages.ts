import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../../', import.meta.url))
const { packageManager } = JSON.parse(readFileSync(join(packages, '../package.json'), 'utf8'))

/** Puts our packages, packed and unpacked as npm would, with their dependencies into a folder. */
export function installPacked(folder: string): void {
  const modules = join(folder, 'node_modules')
  for (const name of ['web', 'core', 'models', 'mesh-decoder']) {
    const target = join(modules, '@retinaface', name)
    mkdirSync(target, { recursive: true })
    const tarball = join(folder, `${name}.tgz`)
    const pack = ['--yes', packageManager, 'pack', '--out', tarball]
    execFileSync('npx', pack, { cwd: join(packages, name), stdio: 'pipe' })
    execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  }
  copyDependency(modules, 'core', 'onnxruntime-common')
  copyDependency(modules, 'mesh-decoder', 'gl-matrix')
}

function copyDependency(modules: string, dependent: string, name: string): void {
  const installed = realpathSync(join(packages, dependent, 'node_modules', name))
  cpSync(dirname(join(installed, 'package.json')), join(modules, name), { recursive: true })
}
