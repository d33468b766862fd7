import sharp from 'sharp'
import { type Box, type KnownPicture, SAMPLE_PHOTOS } from './known-faces.ts'

// The part of a head's square that its face takes: the square is this many times as wide as the face.
const margin = 1.6

/**
 * Writes a crowd of known faces: cells of equal size, each with the head of somebody from the sample
 * photographs, faces about 0.62 cells high.
 */
export async function drawCrowd(
  width: number,
  height: number,
  cell: number,
  path: string,
): Promise<KnownPicture> {
  const heads = await Promise.all(
    SAMPLE_PHOTOS.flatMap((photo) => photo.faces.map((face) => cutHead(photo, face, cell))),
  )
  const columns = Math.floor(width / cell)
  const places = Array.from({ length: columns * Math.floor(height / cell) }, (_, i) => ({
    head: heads[i % heads.length]!,
    left: (i % columns) * cell,
    top: Math.floor(i / columns) * cell,
  }))
  const create = { width, height, channels: 3 as const, background: '#777777' }
  await sharp({ create })
    .composite(places.map(({ head, left, top }) => ({ input: head.png, left, top })))
    .jpeg({ quality: 90 })
    .toFile(path)
  const faces = places.map(({ head: { face }, left, top }): Box => {
    return [face[0] + left, face[1] + top, face[2] + left, face[3] + top]
  })
  return { path, width, height, faces }
}

interface Head {
  readonly png: Buffer
  /** In the head's own pixels. */
  readonly face: Box
}

/** Cuts the head of a face out of a photograph, as a square of a side. */
export async function cutHead(
  photo: KnownPicture,
  [x1, y1, x2, y2]: Box,
  side: number,
): Promise<Head> {
  const cut = Math.round(margin * Math.max(x2 - x1, y2 - y1))
  const left = within((x1 + x2 - cut) / 2, photo.width - cut)
  const top = within((y1 + y2 - cut) / 2, photo.height - cut)
  const png = await sharp(photo.path)
    .extract({ left, top, width: cut, height: cut })
    .resize(side, side)
    .png()
    .toBuffer()
  const scale = side / cut
  const face: Box = [
    (x1 - left) * scale,
    (y1 - top) * scale,
    (x2 - left) * scale,
    (y2 - top) * scale,
  ]
  return { png, face }
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, Math.round(value)), most)
}
