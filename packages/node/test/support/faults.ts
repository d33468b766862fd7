// Run as a child process with the built package: does to a detector in workers what goes wrong in
// servers, and prints what came of it.
import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import {
  createRetinaFace,
  createWorkerRetinaFace,
  type NodeImageSource,
  RetinaFaceError,
} from '@retinaface/node'
import type SharpFactory from 'sharp'
import { runsHere } from './count-runs.ts'
import { samplePhoto } from './pictures.ts'

const photo = samplePhoto(1)
const options = { inputSize: 320 }
const folder = await mkdtemp(join(tmpdir(), 'retinaface-faults-'))
const damaged = join(folder, 'damaged.jpg')
await writeFile(damaged, (await readFile(photo)).subarray(0, 100_000))
const pipe = join(folder, 'pipe')
const hasPipes = spawnSync('mkfifo', [pipe]).status === 0

const workers: Worker[] = []
// From Node.js 24 on, the one that loads TypeScript is told of too, at the start.
await setImmediate()
process.on('worker', (worker) => workers.push(worker))
let warnings = 0
process.on('warning', (warning) => {
  if ('code' in warning && warning.code === 'RETINAFACE_WORKER') warnings += 1
})
// The one that the package requires; what is imported here is another.
const sharp: typeof SharpFactory = createRequire(import.meta.url)('sharp')
let decodedHere = 0
const { toBuffer } = sharp.prototype
sharp.prototype.toBuffer = function (this: unknown, ...given: unknown[]) {
  decodedHere += 1
  return Reflect.apply(toBuffer, this, given)
} as typeof toBuffer
const ended = (worker: Worker) => new Promise((resolve) => worker.once('exit', resolve))
const nameOf = (error: unknown) => (RetinaFaceError.isInstance(error) ? error.name : String(error))
/** What became of it; that it hangs after a time in which it would be done on the slowest machine. */
const fateOf = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    work.then((result) => (Array.isArray(result) ? result.length : 'done'), nameOf),
    setTimeout(60_000, 'hangs'),
  ])

const outcome: Record<string, unknown> = {}
const one = await createWorkerRetinaFace({ threads: 1 })

// Aborted when its last pass is done, so that nothing in the worker sees it any more.
const stop = new AbortController()
outcome.aborted = await one
  .detect(photo, {
    ...options,
    flip: true,
    signal: stop.signal,
    onProgress: ({ done, total }) => {
      if (done === total) stop.abort(new Error('enough'))
    },
  })
  .then(() => 'faces', nameOf)

outcome.failed = await fateOf(one.detect(damaged, options))
outcome.decodedHere = decodedHere

const before = workers.length
const last = workers.at(-1)!
const isGone = ended(last)
await last.terminate()
await isGone
outcome.afterTheEnd = (await one.detect(photo, options)).length
outcome.startedAgain = workers.length - before

const streams = Array.from({ length: 4 }, () => createReadStream(photo))
outcome.streamed = []
for await (const result of one.detectMany(streams, options)) {
  ;(outcome.streamed as unknown[]).push(result.status === 'ok' ? result.faces.length : result)
}
outcome.runsHere = runsHere.count
outcome.warnings = warnings

// A list of pictures that hangs.
const patience = new AbortController()
async function* hanging(): AsyncGenerator<string> {
  yield photo
  patience.abort(new Error('too long'))
  await new Promise(() => {})
}
const listed = (async () => {
  for await (const _ of one.detectMany(hanging(), { ...options, signal: patience.signal }));
})()
outcome.hangingList = await fateOf(listed)

// Disposed of with pictures in hand, and with sources that never come.
const other = await createRetinaFace({ threads: 1 })
const dispose = async (detector: typeof other, sources: NodeImageSource[]) => {
  const fates = sources.map((source) => fateOf(detector.detect(source, options)))
  await setImmediate()
  return [await fateOf(detector.dispose()), ...(await Promise.all(fates))]
}
const pipes = hasPipes ? [pipe] : []
const sources = () => [photo, new PassThrough(), ...pipes]
outcome.disposedInWorkers = await dispose(one, sources())
outcome.disposed = await dispose(other, sources())
await rm(folder, { recursive: true })
process.stdout.write(JSON.stringify({ ...outcome, pipes: pipes.length }))
// What hangs must not keep the test.
process.exit()
