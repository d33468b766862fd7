import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PixelImage } from '@retinaface/core'
import type { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'

const require = createRequire(import.meta.url)
const demo = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo')
const photos = [1, 2, 3, 4, 5, 6].map((number) => join(demo, `sample${number}.jpg`))

/** 12 × 9 cells of 85 pixels, of which the network finds about 100 faces. */
const [width, height, cell] = [1024, 768, 85]

/** A picture of 1024 × 768 pixels tiled with the faces of sample photographs, about 50 pixels high. */
export async function crowdPicture(
  retinaface: Awaited<ReturnType<typeof createRetinaFace>>,
): Promise<PixelImage> {
  const heads: Buffer[] = []
  for (const photo of photos) {
    for (const { box } of await retinaface.detect(photo)) heads.push(await headOf(photo, box))
  }
  const columns = Math.floor(width / cell)
  const count = columns * Math.floor(height / cell)
  const tiles = Array.from({ length: count }, (_, i) => ({
    input: heads[i % heads.length]!,
    left: (i % columns) * cell,
    top: Math.floor(i / columns) * cell,
  }))
  const create = { width, height, channels: 3 as const, background: '#777777' }
  const data = await sharp({ create }).composite(tiles).removeAlpha().raw().toBuffer()
  return { data: new Uint8Array(data), width, height, channels: 3 }
}

/** The square around a face, 1.6 times as large as it. */
async function headOf(photo: string, box: readonly number[]): Promise<Buffer> {
  const { width: photoWidth, height: photoHeight } = await sharp(photo).metadata()
  const [x1, y1, x2, y2] = box as [number, number, number, number]
  const side = Math.round(1.6 * Math.max(x2 - x1, y2 - y1))
  const left = Math.max(0, Math.round((x1 + x2 - side) / 2))
  const top = Math.max(0, Math.round((y1 + y2 - side) / 2))
  return sharp(photo)
    .extract({
      left,
      top,
      width: Math.min(side, photoWidth - left),
      height: Math.min(side, photoHeight - top),
    })
    .resize(cell, cell, { fit: 'cover' })
    .png()
    .toBuffer()
}
