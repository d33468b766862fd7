import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

// None of what is run here tells others that it runs.
const silence = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ORT_DISABLE_TELEMETRY: '1' }

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The pinned pnpm, as `pnpm@10.0.0`. */
export const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const webRuntime = `${root}packages/web/assets/generated/ort-wasm.mjs`
const embedder = `${root}packages/recognition/assets/generated/dlib-resnet.onnx`
const checksums = `${root}packages/models/src/checksums.ts`
const assets = [
  'mnet025.onnx',
  'mnet025-v1.onnx',
  'mnet025-lean.onnx',
  'face-topology.safetensors',
].map((name) => `${root}packages/models/assets/generated/${name}`)

/**
 * Runs a command with its output on standard error, so that standard output stays the program's own.
 * Returns the exit status.
 */
export function run(command, args, environment = {}) {
  const env = { ...process.env, ...silence, ...environment }
  const options = { cwd: root, env, stdio: ['ignore', 2, 2] }
  const { status, error } = spawnSync(command, args, options)
  if (error) throw error
  return status ?? 1
}

/**
 * Runs a command, which may be one of an installed package, beside others.
 *
 * @returns its exit status, and what it printed
 */
export async function collect(command, args) {
  const path = [`${root}node_modules/.bin`, process.env.PATH].join(delimiter)
  const env = { ...process.env, ...silence, PATH: path }
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const [status] = await once(child, 'close')
  return { status: status ?? 1, output }
}

/** Runs the pinned pnpm, fetched by npx where it is not installed. */
export function pnpm(...args) {
  return run('npx', ['--yes', packageManager, ...args])
}

/** Installs dependencies and builds the models, unless that was done since the lockfile changed. */
export function setUp() {
  if (!isInstalled() && pnpm('install', '--frozen-lockfile') !== 0) {
    throw new Error('Installing the dependencies failed; see above.')
  }
  const built = assets.every(isBuilt) && existsSync(webRuntime) && existsSync(embedder)
  if (!built && pnpm('exec', 'turbo', 'run', 'build:assets') !== 0) {
    throw new Error('Building the model files failed; see above.')
  }
}

/** True if a model file is there and is the one that the list of checksums names. */
function isBuilt(asset) {
  if (!existsSync(asset)) return false
  const sha256 = createHash('sha256').update(readFileSync(asset)).digest('hex')
  return readFileSync(checksums, 'utf8').includes(sha256)
}

function isInstalled() {
  const marker = `${root}node_modules/.modules.yaml`
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(`${root}pnpm-lock.yaml`).mtimeMs
}
