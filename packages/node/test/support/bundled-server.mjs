// Bundled by a test: finds the faces of a picture in the main thread, and in a worker.
import { createRetinaFace, createWorkerRetinaFace } from '@retinaface/node'

async function main() {
  const counts = []
  for (const create of [createRetinaFace, createWorkerRetinaFace]) {
    const retinaface = await create({ threads: 1 })
    counts.push((await retinaface.detect(process.argv[2])).length)
    await retinaface.dispose()
  }
  process.stdout.write(`${counts.join(' ')}\n`)
}

main()
