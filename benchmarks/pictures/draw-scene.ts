import { hideFaces, type PixelImage } from '@retinaface/core'
import { toSharp } from '@retinaface/node/results'
import sharp from 'sharp'
import { cutHead } from './draw-crowd.ts'
import { type Box, type KnownPicture, SAMPLE_PHOTOS } from './known-faces.ts'

const [width, height] = [4000, 3000]
// Enlarged pictures lack the grain that cameras add; this is its spread in 256 steps.
const grain = 5

const people = SAMPLE_PHOTOS.flatMap((photo) => photo.faces.map((face) => ({ photo, face })))

/**
 * Writes a photograph of twelve megapixels: heads in rows, on a photograph whose own faces are hidden.
 *
 * @param heads the sides of their squares, in pixels
 */
export async function drawScene(heads: readonly number[], path: string): Promise<KnownPicture> {
  const corners = placeInRows(heads)
  const placed = await Promise.all(
    corners.map(async ({ side, left, top }, i) => {
      const { photo, face: known } = people[i % people.length]!
      const { png, face } = await cutHead(photo, known, side)
      const box: Box = [face[0] + left, face[1] + top, face[2] + left, face[3] + top]
      return { input: png, left, top, box }
    }),
  )
  const composed = await sharp(await scenery())
    .composite(placed.map(({ input, left, top }) => ({ input, left, top })))
    .png({ compressionLevel: 0 })
    .toBuffer()
  await sharp(composed)
    .composite([{ input: await noise(), blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toFile(path)
  return { path, width, height, faces: placed.map(({ box }) => box) }
}

/** A sample photograph in the size of the scene, each of its heads under a cover. */
async function scenery(): Promise<Buffer> {
  const { path, faces } = SAMPLE_PHOTOS[0]!
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const photo: PixelImage = { data, width: info.width, height: info.height, channels: 3 }
  const hidden = hideFaces(
    photo,
    faces.map((box) => ({ box })),
    { style: 'solid', margin: 0.4 },
  )
  return toSharp(hidden)
    .resize(width, height, { fit: 'cover' })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

function noise(): Promise<Buffer> {
  const shades = { type: 'gaussian', mean: 128, sigma: grain * 2 } as const
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise: shades } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

interface Place {
  readonly side: number
  readonly left: number
  readonly top: number
}

/** Rows from the upper left, each as high as its highest square, spread over the picture. */
function placeInRows(sides: readonly number[]): Place[] {
  const gap = Math.max(0, Math.sqrt((width * height) / Math.max(1, sides.length)) - mean(sides)) / 2
  const places: Place[] = []
  let [left, top, rowHeight] = [gap, gap, 0]
  for (const side of sides) {
    if (left + side > width) {
      left = gap
      top += rowHeight + gap
      rowHeight = 0
    }
    places.push({ side, left: Math.round(left), top: Math.round(Math.min(top, height - side)) })
    left += side + gap
    rowHeight = Math.max(rowHeight, side)
  }
  return places
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
