// Run as a child process with the built package: finds the faces of a picture, in a worker if that is
// asked for.
import { isMainThread, Worker } from 'node:worker_threads'

const [way, photo] = process.argv.slice(2)

if (isMainThread && way !== 'main') {
  if (way === 'worker-after-import') await import('@retinaface/node')
  new Worker(new URL(import.meta.url), { argv: [way, photo] })
} else {
  const { createRetinaFace } = await import('@retinaface/node')
  const retinaface = await createRetinaFace()
  const faces = await retinaface.detect(photo)
  if (faces.length === 0) throw new Error('No face was found.')
  await retinaface.dispose()
}
