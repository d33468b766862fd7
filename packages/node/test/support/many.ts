// Run as a child process with the built package: goes through pictures of every kind with workers and without, and prints what
// came of them and who did the work.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import {
  createRetinaFace,
  type FaceDetector,
  type NodeImageSource,
  RetinaFaceError,
} from '@retinaface/node'
import { runsHere } from './count-runs.ts'
import { samplePhoto } from './pictures.ts'

const detectOptions = { inputSize: 320, mesh: true }
let workers = 0
let ended = 0
// From Node.js 24 on, the one that loads TypeScript is told of too, at the start.
await setImmediate()
process.on('worker', (worker) => {
  workers += 1
  worker.on('exit', () => {
    ended += 1
  })
})

const path = samplePhoto(1)
const bytes = await readFile(path)
const inBuffer = new Uint8Array(bytes.length + 20)
inBuffer.set(bytes, 10)
const several = await createRetinaFace({ threads: 2 })
const one = await createRetinaFace({ threads: 1 })
const pixels = await one.readImage(samplePhoto(2))
const pictures = (): NodeImageSource[] => [
  path,
  pathToFileURL(samplePhoto(2)),
  inBuffer.subarray(10, 10 + bytes.length),
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  'is/not/there.jpg',
  createReadStream(samplePhoto(3)),
  pixels,
  new Uint8Array(0),
  { ...pixels, width: 0 },
  // Of another type than it says, and with what cannot be handed to a worker.
  { ...pixels, data: new Float32Array(pixels.data) as unknown as Uint8Array },
  Object.assign({ ...pixels }, { close: () => {} }),
  new URL('https://example.org/photo.jpg'),
  samplePhoto(4),
]

async function goThrough(retinaface: FaceDetector<NodeImageSource>): Promise<unknown[]> {
  const results: unknown[] = []
  for await (const result of retinaface.detectMany(pictures(), detectOptions)) {
    if (result.status === 'ok') {
      const { width, height, faces } = result
      results.push({
        width,
        height,
        faces: faces.map((face) => ({ ...face, mesh: [...face.mesh!.positions] })),
      })
    } else if (RetinaFaceError.isInstance(result.error)) {
      const { name, code, message } = result.error
      results.push({ name, code, message, isOwn: result.error instanceof RetinaFaceError })
    }
  }
  return results
}

const expected = await goThrough(one)
const workersOfOne = workers
let found = await goThrough(several)
// Until the workers are there the pictures are looked at here.
for (let tries = 0; tries < 100; tries++) {
  runsHere.count = 0
  found = await goThrough(several)
  if (runsHere.count === 0) break
}
const runsOnceAway = runsHere.count
const stop = new AbortController()
let beforeAbort = 0
let thrown: unknown
try {
  for await (const _ of several.detectMany(new Array(50).fill(path), {
    ...detectOptions,
    signal: stop.signal,
  })) {
    if (++beforeAbort === 5) stop.abort(new Error('enough'))
  }
} catch (error) {
  thrown = error
}
const afterAbort = await goThrough(several)
const disposing = several.dispose()
const afterDispose = await several.detect(path).catch(String)
await disposing
const endedByDispose = ended
for await (const _ of several.detectMany(new Array(10).fill(path)));
// This one is left open: its workers must not keep the process alive, whatever they could not be told.
const left = await createRetinaFace({ threads: 2 })
const withFunction = { inputSize: Object.assign({ longSide: 320 }, { note: () => {} }) }
for (const options of [{ inputSize: 320 }, withFunction]) {
  for await (const _ of left.detectMany(new Array(20).fill(path), options));
}
process.stdout.write(
  JSON.stringify({
    expected,
    found,
    afterAbort,
    workersOfOne,
    runsOnceAway,
    beforeAbort,
    thrown: String(thrown),
    endedByDispose,
    afterDispose,
    workers,
  }),
)
