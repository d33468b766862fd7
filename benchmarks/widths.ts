// The same picture in 15 widths: which faces are found, with default options.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks widths [model]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { countFaces } from './measure/count-faces.ts'
import { drawCrowd } from './pictures/draw-crowd.ts'
import { type Box, type KnownPicture, SAMPLE_PHOTOS } from './pictures/known-faces.ts'
import { scalePicture } from './pictures/scale-picture.ts'

// Logarithmic steps.
const widths = Array.from({ length: 15 }, (_, i) => Math.round(64 * (6000 / 64) ** (i / 14)))
// Smaller faces need not be found.
const leastFace = 12

const folder = await mkdtemp(join(tmpdir(), 'retinaface-widths-'))
const model = process.argv[2] ?? 'retinaface-500m'
const retinaface = await createRetinaFace({ model })
try {
  const [portrait, group] = [SAMPLE_PHOTOS[5]!, SAMPLE_PHOTOS[4]!]
  const upright = await cutOut(portrait, portrait.faces[1]!, 2.2, 'portrait.png')
  const pictures: Record<string, KnownPicture> = {
    'a portrait': upright,
    'a face that fills the picture': await cutOut(portrait, portrait.faces[1]!, 1.05, 'full.png'),
    'a group of five': group,
    'a crowd of 192': await drawCrowd(1920, 1440, 120, join(folder, 'crowd.jpg')),
    'the portrait on its side, `turns: true`': await turned(upright),
  }
  console.log(`${model}: found of faces of at least ${leastFace} pixels, and boxes that are none`)
  console.log(`| width | ${Object.keys(pictures).join(' | ')} |`)
  console.log(`|---:|${'---|'.repeat(Object.keys(pictures).length)}`)
  for (const width of widths) {
    const cells: string[] = []
    for (const [name, picture] of Object.entries(pictures)) {
      cells.push(await foundIn(picture, width, name.includes('turns')))
    }
    console.log(`| ${width} | ${cells.join(' | ')} |`)
  }
} finally {
  await retinaface.dispose()
  await rm(folder, { recursive: true })
}

async function foundIn(picture: KnownPicture, width: number, turns: boolean): Promise<string> {
  const height = Math.round((width * picture.height) / picture.width)
  const scaled = await scalePicture(picture, width, height, join(folder, 'scaled.jpg'))
  const faces = await retinaface.detect(scaled.path, turns ? { turns } : {})
  const { found, wrong } = countFaces(faces, scaled.faces)
  const large = scaled.faces.filter((face) => longerSide(face) >= leastFace)
  const foundLarge = countFaces(faces, large).found
  if (large.length === 0) return found > 0 ? `(${found})` : '–'
  return `${foundLarge} of ${large.length}${wrong > 0 ? `, ${wrong} wrong` : ''}`
}

function longerSide([x1, y1, x2, y2]: Box): number {
  return Math.max(x2 - x1, y2 - y1)
}

/** A square about a face, `margin` times as wide as the face is high where the photo allows it. */
async function cutOut(
  photo: KnownPicture,
  [x1, y1, x2, y2]: Box,
  margin: number,
  file: string,
): Promise<KnownPicture> {
  const side = Math.round(margin * (y2 - y1))
  const left = Math.max(0, Math.min(Math.round((x1 + x2 - side) / 2), photo.width - side))
  const top = Math.max(0, Math.min(Math.round((y1 + y2 - side) / 2), photo.height - side))
  const path = join(folder, file)
  await sharp(photo.path).extract({ left, top, width: side, height: side }).toFile(path)
  return { path, width: side, height: side, faces: [[x1 - left, y1 - top, x2 - left, y2 - top]] }
}

/** Turned by a quarter, clockwise. */
async function turned({ path, width, height, faces }: KnownPicture): Promise<KnownPicture> {
  const file = join(folder, 'turned.png')
  await sharp(path).rotate(90).toFile(file)
  const turn = ([x1, y1, x2, y2]: Box): Box => [height - y2, x1, height - y1, x2]
  return { path: file, width: height, height: width, faces: faces.map(turn) }
}
