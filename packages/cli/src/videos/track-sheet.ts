import type { FaceTrack, PixelImage, Sighting } from '@retinaface/core'
import { type FollowedVideo, type FrameOptions, readFrames } from '@retinaface/node'
import { digitsWidth, drawDigits, toSharp } from '@retinaface/node/results'
import sharp from 'sharp'
import { contactSheet, mostOnSheet } from '../pictures/contact-sheet.ts'

const side = 112
const digitHeight = 16

/**
 * The best picture of each track with its id, in the order of ids, as a JPEG.
 *
 * @param options of reading the video
 */
export async function trackSheet(
  { file, info, tracks }: FollowedVideo,
  options: FrameOptions,
): Promise<Buffer> {
  const shown = tracks.slice(0, mostOnSheet)
  const wanted = new Map<number, FaceTrack[]>()
  for (const track of shown) {
    const { frame } = bestOf(track)
    wanted.set(frame, [...(wanted.get(frame) ?? []), track])
  }
  const pictures = new Map<number, Buffer>()
  let frame = 0
  for await (const { image } of readFrames(file, info, options)) {
    for (const track of wanted.get(frame) ?? []) {
      pictures.set(track.id, await drawFace(image, track))
    }
    frame += 1
    if (pictures.size === shown.length) break
  }
  return contactSheet([...pictures].sort(([a], [b]) => a - b).map(([, picture]) => picture))
}

/** The surest large sighting. */
function bestOf({ sightings }: FaceTrack): Sighting {
  const worth = ({ box: [x1, y1, x2, y2], score }: Sighting) =>
    score * Math.sqrt((x2 - x1) * (y2 - y1))
  return sightings.reduce((best, sighting) => (worth(sighting) > worth(best) ? sighting : best))
}

async function drawFace(image: PixelImage, track: FaceTrack): Promise<Buffer> {
  const [x1, y1, x2, y2] = bestOf(track).box
  const reach = 0.65 * Math.max(x2 - x1, y2 - y1)
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const left = Math.max(0, Math.min(image.width - 1, Math.floor(x - reach)))
  const top = Math.max(0, Math.min(image.height - 1, Math.floor(y - reach)))
  const right = Math.max(left + 1, Math.min(image.width, Math.ceil(x + reach)))
  const bottom = Math.max(top + 1, Math.min(image.height, Math.ceil(y + reach)))
  const { data, info } = await toSharp(image)
    .extract({ left, top, width: right - left, height: bottom - top })
    .resize(side, side, { fit: 'contain', background: '#fff' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: info })
    .composite([{ input: label(track.id), left: 0, top: 0 }])
    .png()
    .toBuffer()
}

function label(id: number): Buffer {
  const text = String(id)
  const width = Math.ceil(digitsWidth(text, digitHeight)) + 10
  const height = digitHeight + 10
  const digits = drawDigits(text, 5, 5, digitHeight)
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${digits}</svg>`,
  )
}
