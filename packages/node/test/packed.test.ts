import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePhoto } from './support/pictures.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const packages = ['mesh-decoder', 'core', 'models', 'node'].map((name) => `${root}packages/${name}`)

/** The example under the README's heading "Node.js". */
function readmeExample(): string {
  const section = readFileSync(`${root}README.md`, 'utf8').split('\n## Node.js\n')[1]!
  return /```js\n([\s\S]*?)```/.exec(section)![1]!
}

let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'retinaface-packed-'))
})
afterAll(() => rmSync(project, { recursive: true }))

function run(command: string, args: string[], cwd: string): string {
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

test('the README example runs in a fresh project that installs the packed packages with npm', {
  timeout: 300_000,
}, () => {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    packageManager: string
  }
  for (const folder of packages) {
    expect(existsSync(`${folder}/dist`), `${folder} is built (turbo run build)`).toBe(true)
    run('npx', ['--yes', packageManager, 'pack', '--pack-destination', project], folder)
  }
  const tarballs = readdirSync(project).map((name) => `./${name}`)
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}')
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], project)
  writeFileSync(join(project, 'example.js'), readmeExample())
  cpSync(samplePhoto(5), join(project, 'photo.jpg'))
  const lines = run('node', ['example.js'], project)
    .split('\n')
    .filter((line) => /^0\.\d+ \[|^1 \[/.test(line))
  expect(lines).toHaveLength(5)
})
