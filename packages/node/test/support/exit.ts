// Run as a child process with the built package: exits while workers look at pictures, so many
// milliseconds after the 30th.
import { createRetinaFace } from '@retinaface/node'
import { samplePhoto } from './pictures.ts'

const wait = Number(process.argv[2])
const retinaface = await createRetinaFace({ threads: 2 })
let done = 0
const photos = new Array(1000).fill(samplePhoto(1))
for await (const _ of retinaface.detectMany(photos, { inputSize: 960 })) {
  if (++done === 30) setTimeout(() => process.exit(), wait)
}
