import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'

const retinaface = await createRetinaFace()
// Upright pixels, read once for both steps.
const photo = await retinaface.readImage('photo.jpg')
const [face] = await retinaface.detect(photo, { maxFaces: 1 })
if (!face) throw new Error('There is no face in the photo.')

const { data, width, height, channels } = photo
await sharp(data, { raw: { width, height, channels } })
  .extract(squareAround(face.box, 1.8, photo))
  .resize(256, 256)
  .webp({ quality: 90 })
  .toFile('avatar.webp')
await retinaface.dispose()

/**
 * A square around a box, `room` times its longer side, moved and shrunk so that it lies inside the
 * picture.
 *
 * @param {readonly [number, number, number, number]} box
 * @param {number} room
 * @param {{ width: number, height: number }} picture
 */
function squareAround([x1, y1, x2, y2], room, { width, height }) {
  const wanted = Math.max(x2 - x1, y2 - y1) * room
  const side = Math.floor(Math.min(wanted, width, height))
  const place = (/** @type {number} */ middle, /** @type {number} */ length) =>
    Math.round(Math.min(Math.max(middle - side / 2, 0), length - side))
  return {
    left: place((x1 + x2) / 2, width),
    top: place((y1 + y2) / 2, height),
    width: side,
    height: side,
  }
}
