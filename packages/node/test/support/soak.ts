// Run as a child process: detects `count` times in pictures of several sizes and prints the resident
// memory, in MB, after each tenth.
import sharp from 'sharp'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { samplePhoto } from './pictures.ts'

const count = Number(process.argv[2])
const retinaface = await createRetinaFace()
const pictures = await Promise.all(
  [160, 200, 256, 320].map((width) => sharp(samplePhoto(1)).resize(width).jpeg().toBuffer()),
)
const memory: number[] = []
let faces = 0
for (let i = 1; i <= count; i++) {
  faces += (await retinaface.detect(pictures[i % pictures.length]!)).length
  if (i % (count / 10) === 0) memory.push(process.memoryUsage().rss / 1e6)
}
process.stdout.write(JSON.stringify({ memory, faces }))
