// Run as a child process with the built package: finds the faces of a picture, in a worker if that is
// asked for.
import { isMainThread, SHARE_ENV, Worker } from 'node:worker_threads'

const [way, photo] = process.argv.slice(2)

if (isMainThread && way !== 'main') {
  if (way === 'worker-after-import') await import('@retinaface/node')
  // What is set for a worker alone does not reach native code.
  const environments = {
    'worker-sharing': SHARE_ENV,
    'worker-deciding': { ORT_DISABLE_TELEMETRY: '1' },
  }
  new Worker(new URL(import.meta.url), { argv: [way, photo], env: environments[way] })
} else {
  const { createRetinaFace } = await import('@retinaface/node')
  const retinaface = await createRetinaFace()
  const faces = await retinaface.detect(photo)
  if (faces.length === 0) throw new Error('No face was found.')
  await retinaface.dispose()
}
