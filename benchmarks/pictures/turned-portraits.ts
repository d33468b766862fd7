import { join } from 'node:path'
import { type PixelImage, warpImage } from '@retinaface/core'
import sharp from 'sharp'
import type { Point } from '../protocol/contender.ts'
import { type Box, type KnownPicture, SAMPLE_PHOTOS } from './known-faces.ts'

/** A square cut out of a photograph about a face's centre, turned clockwise. */
export interface TurnedPortrait {
  readonly path: string
  /** Which of the 22 faces it shows. */
  readonly person: number
  /** Where that face lies. */
  readonly face: Box
  /** Where the photograph's other faces lie, as far as they are in the picture. */
  readonly others: readonly Box[]
  /** Takes a point back to where it is in the same portrait that is not turned. */
  readonly upright: (point: Point) => Point
}

const side = 480
// A portrait is this many times as wide as its face is high.
const margin = 3.2
// What lies beyond a photograph's edge has the edge's colours.
const extended = 600

/** Writes each known face of the sample photographs as a portrait turned by an angle in degrees. */
export async function turnPortraits(degrees: number, folder: string): Promise<TurnedPortrait[]> {
  const portraits: TurnedPortrait[] = []
  for (const photo of SAMPLE_PHOTOS) {
    const image = await readExtended(photo)
    for (const face of photo.faces) {
      const person = portraits.length
      const path = join(folder, `${person}-${degrees}.jpg`)
      portraits.push({ person, path, ...(await turnPortrait(image, photo, face, degrees, path)) })
    }
  }
  return portraits
}

async function turnPortrait(
  image: PixelImage,
  photo: KnownPicture,
  face: Box,
  degrees: number,
  path: string,
): Promise<Pick<TurnedPortrait, 'face' | 'others' | 'upright'>> {
  const scale = side / (margin * (face[3] - face[1]))
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  const [middleX, middleY] = [(face[0] + face[2]) / 2, (face[1] + face[3]) / 2]
  const toPortrait = ([x, y]: Point): Point => [
    side / 2 + cos * (x - middleX) - sin * (y - middleY),
    side / 2 + sin * (x - middleX) + cos * (y - middleY),
  ]
  const [shiftX, shiftY] = toPortrait([-extended, -extended])
  const warped = warpImage(image, [cos, -sin, shiftX, sin, cos, shiftY], {
    width: side,
    height: side,
  })
  const raw = { width: side, height: side, channels: 3 } as const
  await sharp(warped.data, { raw }).jpeg({ quality: 92 }).toFile(path)
  const boxOf = (box: Box) => turnedBox(box, toPortrait, angle, scale)
  return {
    face: boxOf(face),
    others: photo.faces.filter((other) => other !== face).map(boxOf),
    upright: ([x, y]) => {
      const [right, down] = [x - side / 2, y - side / 2]
      return [
        side / 2 + Math.cos(angle) * right + Math.sin(angle) * down,
        side / 2 - Math.sin(angle) * right + Math.cos(angle) * down,
      ]
    },
  }
}

/** The box around the ellipse in a face's box, turned: heads are round rather than square. */
function turnedBox(
  [x1, y1, x2, y2]: Box,
  toPortrait: (point: Point) => Point,
  angle: number,
  scale: number,
): Box {
  const [x, y] = toPortrait([(x1 + x2) / 2, (y1 + y2) / 2])
  const [across, down] = [(scale * (x2 - x1)) / 2, (scale * (y2 - y1)) / 2]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const halfWidth = Math.hypot(across * cos, down * sin)
  const halfHeight = Math.hypot(across * sin, down * cos)
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight]
}

async function readExtended({ path }: KnownPicture): Promise<PixelImage> {
  const edges = { top: extended, bottom: extended, left: extended, right: extended }
  const { data, info } = await sharp(path)
    .removeAlpha()
    .extend({ ...edges, extendWith: 'copy' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 3 }
}
