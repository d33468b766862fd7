import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { samplePhoto } from './support/pictures.ts'

const deno = createRequire(import.meta.url).resolve('deno/bin.cjs')
const script = fileURLToPath(new URL('support/detect-in-worker.mjs', import.meta.url))

test('on Deno a worker finds faces and is ended without a word, with the rights that the guide names', () => {
  const rights = ['read', 'env', 'ffi', 'sys'].map((name) => `--allow-${name}`)
  // In this repository pnpm has installed the packages; nothing is to be fetched.
  const installed = ['--node-modules-dir=manual', '--no-lock', '--cached-only', '--no-prompt']
  const args = [deno, 'run', ...installed, ...rights, script, samplePhoto(1)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
    encoding: 'utf8',
    timeout: 200_000,
  })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '3\n', stderr: '' })
}, 240_000)
