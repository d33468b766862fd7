import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const viewer = fileURLToPath(new URL('../../', import.meta.url))
const root = join(viewer, '../..')
const folder = mkdtempSync(join(tmpdir(), 'retinaface-viewer-packed-'))
const packed = join(folder, 'package')

beforeAll(() => {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const tarball = join(folder, 'viewer.tgz')
  const pack = ['--yes', packageManager, 'pack', '--out', tarball]
  execFileSync('npx', pack, { cwd: viewer, stdio: 'pipe' })
  execFileSync('tar', ['-xzf', tarball, '-C', folder])
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the package has the licence, and the notices of what its application contains', () => {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
  expect(readFileSync(join(packed, 'LICENSE'), 'utf8')).toBe(licence)
  expect(readFileSync(join(packed, 'dist/app/third-party-notices.md'), 'utf8')).toContain('three')
})

test('every source map that a file names is in the package', () => {
  const files = readdirSync(join(packed, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|d\.ts)$/.test(name))
    .map((name) => join(packed, 'dist', name))
  expect(files.some((file) => file.endsWith('.d.ts'))).toBe(true)
  const missing = files.filter((file) => {
    const [, map] = /\n\/\/# sourceMappingURL=(.+)\s*$/.exec(readFileSync(file, 'utf8')) ?? []
    return map && !existsSync(join(dirname(file), map))
  })
  expect(missing).toEqual([])
})
