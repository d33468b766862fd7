import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { samplePhoto } from './support/pictures.ts'

const script = fileURLToPath(new URL('support/find-faces.mjs', import.meta.url))
// Nobody listens there, so nothing is sent where telemetry is on.
const nowhere = 'http://127.0.0.1:9'
let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'retinaface-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Finds faces in a process whose home is empty, and tells what was left there and what was warned. */
function findFaces(way: string, environment: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env
  // Nothing else is passed on: the runtime is silent where it takes itself to be in a test or a build.
  const env = { PATH, HOME: home, TMPDIR: home, https_proxy: nowhere, ...environment }
  const { status, stderr } = spawnSync(process.execPath, [script, way, samplePhoto(1)], {
    env,
    encoding: 'utf8',
    timeout: 100_000,
  })
  expect(status, stderr).toBe(0)
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
  return { traces: files.filter((file) => /onnxruntime|mat-debug/.test(file)), stderr }
}

// Where the runtime has a sender of its own.
describe.runIf(process.platform === 'linux')('telemetry of ONNX Runtime', () => {
  it('is off without being asked', () => {
    expect(findFaces('main')).toEqual({ traces: [], stderr: '' })
  })

  it('is off in a worker when the main thread has imported the package', () => {
    expect(findFaces('worker-after-import')).toEqual({ traces: [], stderr: '' })
  })

  it('is warned of in a worker, which cannot turn it off', () => {
    const { traces, stderr } = findFaces('worker')
    expect(stderr).toMatch(/RETINAFACE_TELEMETRY.*Import @retinaface\/node in the main thread/s)
    expect(traces).not.toEqual([])
  })

  it('stays on for whoever asks for it', () => {
    expect(findFaces('main', { ORT_DISABLE_TELEMETRY: '0' }).traces).not.toEqual([])
  })
})
