// Run as a child process with the built package: finds faces in workers, and prints what came of it and
// whether the network ran in this thread.
import { createReadStream } from 'node:fs'
import { createRetinaFace, createWorkerRetinaFace, type Face } from '@retinaface/node'
import { runsHere } from './count-runs.ts'
import { samplePhoto } from './pictures.ts'

const photo = samplePhoto(1)
const plain = (faces: readonly Face[]) => JSON.parse(JSON.stringify(faces))
const reason = (error: unknown) => String(error)
const here = await createRetinaFace({ threads: 1 })
const steps: unknown[] = []
const options = { inputSize: { shortSides: [320, 480] }, scoreThreshold: 0.9, mesh: true }
const onProgress = (progress: unknown) => steps.push(progress)
const expected = plain(await here.detect(photo, { ...options, onProgress }))
const expectedSteps = steps.splice(0)

const away = await createWorkerRetinaFace({ threads: 2 })
runsHere.count = 0
const found = await Promise.all([
  away.detect(photo, { ...options, onProgress }),
  away.detect(createReadStream(photo), options),
])
const many: number[] = []
for await (const result of away.detectMany(new Array(3).fill(photo))) {
  many.push(result.status === 'ok' ? result.faces.length : -1)
}
const runsOfThisThread = runsHere.count
const failures = [
  await away.detect('is/not/there.jpg').catch(reason),
  await away.detect(photo, { nmsThreshold: 2 }).catch(reason),
  await away.detect(photo, { signal: AbortSignal.abort(new Error('enough')) }).catch(reason),
  await away
    .detect(photo, {
      onProgress: () => {
        throw new Error('the progress bar is gone')
      },
    })
    .catch(reason),
]
// Disposed of between two passes of a picture.
let disposing: Promise<void> | undefined
const inHand = await away.detect(photo, {
  ...options,
  onProgress: () => {
    disposing ??= away.dispose()
  },
})
await disposing
failures.push(await away.detect(photo).catch(reason))
// This one is left open: its workers must not keep the process alive.
const left = await createWorkerRetinaFace({ threads: 1 })
await left.detect(photo)
process.stdout.write(
  JSON.stringify({
    expected,
    found: found.map(plain),
    inHand: plain(inHand),
    expectedSteps,
    steps,
    many,
    runsOfThisThread,
    failures,
  }),
)
