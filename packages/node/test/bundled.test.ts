import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ASSETS } from '@retinaface/models'
import { build, type Format } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samplePhoto } from './support/pictures.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retinaface-bundle-'))
  // Native packages stay outside of bundles.
  symlinkSync(here('../node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'models'))
  for (const { file, url } of ASSETS) copyFileSync(url, join(folder, 'models', file))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bundles a program that finds faces in this thread and in workers, as a server would be. */
async function bundle(format: Format): Promise<string> {
  const outdir = join(folder, format)
  await build({
    entryPoints: [here('support/bundled-server.mjs'), here('../dist/detect-worker.js')],
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format,
    outdir,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    logLevel: 'error',
  })
  const worker = format === 'esm' ? 'detect-worker.mjs' : 'detect-worker.cjs'
  copyFileSync(join(outdir, worker), join(outdir, 'detect-worker.js'))
  return join(outdir, `bundled-server.${format === 'esm' ? 'mjs' : 'cjs'}`)
}

function run(script: string, environment: Readonly<Record<string, string>>) {
  const args = [script, samplePhoto(1)]
  const env = { ...process.env, ...environment }
  return spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: 100_000 })
}

describe.each<Format>(['cjs', 'esm'])('a bundle as %s in one file', (format) => {
  let script: string
  beforeAll(async () => {
    script = await bundle(format)
  })

  it('finds faces where it is told where the models lie', () => {
    const { stdout, stderr } = run(script, { RETINAFACE_MODELS: join(folder, 'models') })
    expect(stderr).toBe('')
    expect(stdout).toBe('3 3\n')
  })

  it('says what to do where it is not', () => {
    const { status, stderr } = run(script, {})
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /ModelLoadError.*Could not read the model file retinaface-500m\.onnx: .*set RETINAFACE_MODELS to a folder/,
    )
  })

  it('says where it looked', () => {
    const { stderr } = run(script, { RETINAFACE_MODELS: join(folder, 'nowhere') })
    expect(stderr).toMatch(/retinaface-500m\.onnx: there is no such file.*RETINAFACE_MODELS names/)
  })
})
