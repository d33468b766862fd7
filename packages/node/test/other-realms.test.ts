import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { samplePhoto } from './support/pictures.ts'

const script = fileURLToPath(new URL('support/in-another-realm.mjs', import.meta.url))

test.each([
  ['values of another realm are taken', 'values'],
  ['the package runs in a realm of its own, as in Jest', 'realm'],
])('%s', (_, way) => {
  const args = ['--experimental-vm-modules', '--no-warnings', script, way, samplePhoto(1)]
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 100_000,
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
