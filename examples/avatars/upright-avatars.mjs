import { ARCFACE_TEMPLATE, createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'

const room = 40
const { points, width, height } = ARCFACE_TEMPLATE
/** @param {readonly [number, number]} point */
const shift = ([x, y]) => /** @type {const} */ ([x + room, y + room])
const template = {
  points: /** @type {const} */ ([
    shift(points[0]),
    shift(points[1]),
    shift(points[2]),
    shift(points[3]),
    shift(points[4]),
  ]),
  width: width + 2 * room,
  height: height + 2 * room,
}

const retinaface = await createRetinaFace()
const photo = await retinaface.readImage('photo.jpg')
const faces = await retinaface.detect(photo)
for (const [i, face] of faces.entries()) {
  // Twice the template: 384 × 384 pixels.
  const { image } = await retinaface.align(photo, face, { template, scale: 2 })
  const { data, ...raw } = image
  await sharp(data, { raw: { width: raw.width, height: raw.height, channels: raw.channels } })
    .jpeg()
    .toFile(`avatar-${i + 1}.jpg`)
}
console.log(`${faces.length} avatars`)
await retinaface.dispose()
