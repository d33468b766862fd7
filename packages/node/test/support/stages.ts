// Run as a child process with the built package: what a face stage gives here and in a worker.
import { createRetinaFace, createWorkerRetinaFace, type DetectOptions } from '@retinaface/node'
import { samplePhoto } from './pictures.ts'

const options = { scoreThreshold: 0.9, tone: true } as DetectOptions
const found = []
for (const create of [createRetinaFace, createWorkerRetinaFace]) {
  const retinaface = await create({ threads: 1, stages: { tone: process.argv[2]! } })
  found.push(await retinaface.detect(samplePhoto(1), options))
  await retinaface.dispose()
}
process.stdout.write(JSON.stringify({ here: found[0], away: found[1] }))
