import type { PixelImage } from '@retinaface/core'
import type { FramePlanes } from './read-planes.ts'

/**
 * Colours of planes whose colour is half as fine, as sRGB pixels.
 *
 * ITU-R BT.601 and BT.709, each as its matrix has it.
 *
 * @param matrix FFmpeg's name of the matrix; without one it is that of BT.601, as players take it
 * @param scale 1, or 0.5 for half of the columns and rows
 */
export function planesToRgb(
  frame: FramePlanes,
  matrix: string | undefined,
  scale: 1 | 0.5,
): PixelImage {
  const [{ width, height }, { width: halfWidth, height: halfHeight }] = frame.planes
  const data = scale === 1 ? fullSize(frame, matrix) : halfSize(frame, matrix)
  const size = scale === 1 ? { width, height } : { width: halfWidth, height: halfHeight }
  return { data: new Uint8Array(data.buffer), ...size, channels: 3 }
}

/** What a step of a plane adds to a colour of 0 to 255. */
interface Weights {
  readonly light: number
  readonly redOfRed: number
  readonly redOfGreen: number
  readonly blueOfGreen: number
  readonly blueOfBlue: number
}

function weightsOf(matrix: string | undefined): Weights {
  const red = matrix === 'bt709' ? 0.2126 : 0.299
  const blue = matrix === 'bt709' ? 0.0722 : 0.114
  const green = 1 - red - blue
  const redOfRed = (2 * (1 - red) * 255) / 224
  const blueOfBlue = (2 * (1 - blue) * 255) / 224
  return {
    light: 255 / 219,
    redOfRed,
    redOfGreen: (redOfRed * red) / green,
    blueOfGreen: (blueOfBlue * blue) / green,
    blueOfBlue,
  }
}

function halfSize({ planes: [luma, blue, red] }: FramePlanes, matrix: string | undefined) {
  const { light, redOfRed, redOfGreen, blueOfGreen, blueOfBlue } = weightsOf(matrix)
  const { width, height, data: ofBlue } = blue
  const { data: ofLight } = luma
  const { data: ofRed } = red
  const [stride, halfStride] = [luma.rowStride ?? luma.width, blue.rowStride ?? width]
  const data = new Uint8ClampedArray(width * height * 3)
  let to = 0
  for (let y = 0; y < height; y++) {
    let from = 2 * y * stride
    let at = y * halfStride
    for (let x = 0; x < width; x++, at++, from += 2, to += 3) {
      const below = from + stride
      const sum = ofLight[from]! + ofLight[from + 1]! + ofLight[below]! + ofLight[below + 1]!
      const value = light * (sum / 4 - 16)
      const u = ofBlue[at]! - 128
      const v = ofRed[at]! - 128
      data[to] = value + redOfRed * v
      data[to + 1] = value - redOfGreen * v - blueOfGreen * u
      data[to + 2] = value + blueOfBlue * u
    }
  }
  return data
}

function fullSize({ planes: [luma, blue, red] }: FramePlanes, matrix: string | undefined) {
  const { light, redOfRed, redOfGreen, blueOfGreen, blueOfBlue } = weightsOf(matrix)
  const { width, height, data: ofLight } = luma
  const { data: ofBlue } = blue
  const { data: ofRed } = red
  const [stride, halfStride] = [luma.rowStride ?? width, blue.rowStride ?? blue.width]
  const data = new Uint8ClampedArray(width * height * 3)
  let to = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const at = (y >> 1) * halfStride + (x >> 1)
      const value = light * (ofLight[y * stride + x]! - 16)
      const u = ofBlue[at]! - 128
      const v = ofRed[at]! - 128
      data[to] = value + redOfRed * v
      data[to + 1] = value - redOfGreen * v - blueOfGreen * u
      data[to + 2] = value + blueOfBlue * u
    }
  }
  return data
}
