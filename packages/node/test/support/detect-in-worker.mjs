// Run as a child process with the built package: finds the faces of a picture in a worker and ends it.
import process from 'node:process'
import { createWorkerRetinaFace } from '@retinaface/node'

const retinaface = await createWorkerRetinaFace({ threads: 1 })
const faces = await retinaface.detect(process.argv[2])
await retinaface.dispose()
process.stdout.write(`${faces.length}\n`)
