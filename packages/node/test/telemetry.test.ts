import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { samplePhoto } from './support/pictures.ts'

const script = fileURLToPath(new URL('support/find-faces.mjs', import.meta.url))
const realmScript = fileURLToPath(new URL('support/in-another-realm.mjs', import.meta.url))
const realmFlags = ['--experimental-vm-modules', '--no-warnings']
// Nobody listens there, so nothing is sent where telemetry is on.
const nowhere = 'http://127.0.0.1:9'
let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'retinaface-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Finds faces in a process whose home is empty, and tells how it ended and what was left there. */
function findFaces(way: string, environment: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env
  // Nothing else is passed on: the runtime is silent where it takes itself to be in a test or a build.
  const env = { PATH, HOME: home, TMPDIR: home, https_proxy: nowhere, ...environment }
  const args = way === 'realm' ? [...realmFlags, realmScript] : [script]
  const { status, stderr } = spawnSync(process.execPath, [...args, way, samplePhoto(1)], {
    env,
    encoding: 'utf8',
    timeout: 100_000,
  })
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
  return { status, stderr, traces: files.filter((file) => /onnxruntime|mat-debug/.test(file)) }
}

const silent = { status: 0, stderr: '', traces: [] }

// Where the runtime has a sender of its own.
describe.runIf(process.platform === 'linux')('telemetry of ONNX Runtime', () => {
  it('is off without being asked', () => {
    expect(findFaces('main')).toEqual(silent)
  })

  it('is off in a worker when the main thread has imported the package', () => {
    expect(findFaces('worker-after-import')).toEqual(silent)
  })

  it('is off where modules have an environment of their own, as in Jest', () => {
    expect(findFaces('realm')).toEqual(silent)
  })

  it('is off in a worker that shares its environment', () => {
    expect(findFaces('worker-sharing')).toEqual(silent)
  })

  it.each(['worker', 'worker-deciding'])(
    'keeps the runtime from loading in a %s, which cannot turn it off',
    (way) => {
      const { status, stderr, traces } = findFaces(way)
      expect(status).toBe(1)
      expect(stderr).toMatch(
        /ModelLoadError.{0,3}: ONNX Runtime is not loaded.*in the main thread before/s,
      )
      expect(traces).toEqual([])
    },
  )

  it('is off in any worker of a process that was started so', () => {
    expect(findFaces('worker', { ORT_DISABLE_TELEMETRY: '1' })).toEqual(silent)
  })

  it.each(['main', 'worker'])('stays on for whoever asks for it, in a %s', (way) => {
    const { status, traces } = findFaces(way, { ORT_DISABLE_TELEMETRY: '0' })
    expect(status).toBe(0)
    expect(traces).not.toEqual([])
  })
})
