// Run as a child process: tiles photographs to a picture of 12,000 × 8,000 pixels, detects in it and in
// the single photographs, and prints what was found and the peak memory in MB.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Face, intersectionOverUnion } from '@retinaface/core'
import sharp from 'sharp'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { samplePhoto } from './pictures.ts'

const [width, height, cell] = [12_000, 8_000, 1_000]
const numbers = [1, 2, 3, 4, 5, 6] as const

async function makeCrowd(photos: readonly Buffer[], path: string): Promise<void> {
  const composites = []
  for (let top = 0, i = 0; top < height; top += cell) {
    for (let left = 0; left < width; left += cell, i++) {
      composites.push({ input: photos[i % photos.length]!, left, top })
    }
  }
  const create = { width, height, channels: 3 as const, background: '#777777' }
  await sharp({ create }).composite(composites).jpeg({ quality: 95 }).toFile(path)
}

/** Boxes of the sure faces of every photo, at their places in the crowd. */
function expectedBoxes(single: readonly Face[][]): number[][] {
  const boxes: number[][] = []
  for (let top = 0, i = 0; top < height; top += cell) {
    for (let left = 0; left < width; left += cell, i++) {
      for (const { score, box } of single[i % single.length]!) {
        if (score >= 0.6) boxes.push(box.map((v, k) => v + (k % 2 === 0 ? left : top)))
      }
    }
  }
  return boxes
}

const everyPixel = { inputSize: 'original', scoreThreshold: 0.3 } as const

const near = (a: ArrayLike<number>, b: ArrayLike<number>) => intersectionOverUnion(a, 0, b, 0) > 0.5

if (process.argv[2] === 'make') {
  const photos = await Promise.all(
    numbers.map((n) =>
      sharp(samplePhoto(n)).resize(cell, cell, { fit: 'inside' }).png().toBuffer(),
    ),
  )
  await makeCrowd(photos, process.argv[3]!)
} else {
  const retinaface = await createRetinaFace()
  const single: Face[][] = []
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-crowd-'))
  for (const n of numbers) {
    const path = join(folder, `${n}.png`)
    await sharp(samplePhoto(n)).resize(cell, cell, { fit: 'inside' }).png().toFile(path)
    single.push(await retinaface.detect(path, everyPixel))
  }
  await rm(folder, { recursive: true })
  const found = await retinaface.detect(process.argv[3]!, everyPixel)
  const expected = expectedBoxes(single)
  process.stdout.write(
    JSON.stringify({
      expected: expected.length,
      missing: expected.filter((box) => !found.some((face) => near(face.box, box))).length,
      extra: found.filter(({ score, box }) => score >= 0.7 && !expected.some((e) => near(e, box)))
        .length,
      peakMegabytes: process.resourceUsage().maxRSS / 1e3,
    }),
  )
}
