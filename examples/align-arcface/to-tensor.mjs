import { createRetinaFace } from '@retinaface/node'

const retinaface = await createRetinaFace()
const photo = await retinaface.readImage('photo.jpg')
for (const face of await retinaface.detect(photo)) {
  const { image } = await retinaface.align(photo, face)
  const input = toTensor(image)
  console.log(input.length, Math.min(...input).toFixed(2), Math.max(...input).toFixed(2))
}
await retinaface.dispose()

/**
 * Red plane, green plane, blue plane, each 112 × 112, from −1 to 1.
 *
 * @param {import('@retinaface/node').PixelImage} image
 */
function toTensor({ data, width, height, channels }) {
  const plane = width * height
  const input = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) {
      // Grey pictures have one channel, which serves for all three.
      const sample = data[i * channels + (channels === 1 ? 0 : c)] ?? 0
      input[c * plane + i] = (sample - 127.5) / 127.5
    }
  }
  return input
}
