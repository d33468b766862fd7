import { cropPinhole, type Pinhole } from '../camera/pinhole.ts'
import { type PixelImage, sampleBilinear } from '../raster/pixel-image.ts'

/** A square part of a picture, resampled: I* of the paper's L_pixel. */
export interface AnchorCrop {
  /** Side, in pixels of the crop. */
  readonly size: number
  /** [size, size, 3] red, green and blue, 0..1; NaN outside the picture. */
  readonly colors: Float32Array
  /** The crop's top left in the image frame, and crop pixels per image pixel. */
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** How much larger than the starting face the crop is, so that the face may move and grow. */
const MARGIN = 1.25

/**
 * The square about image-frame points ([points, 3], pixels) and some room around it, resampled to
 * `size` × `size` pixels by the mean of bilinear samples.
 */
export function cropAround(image: PixelImage, points: Float32Array, size: number): AnchorCrop {
  const [left, right] = rangeOf(points, 0)
  const [top, bottom] = rangeOf(points, 1)
  const side = MARGIN * Math.max(right - left, bottom - top)
  const x = (left + right - side) / 2
  const y = (top + bottom - side) / 2
  const scale = size / side
  const colors = new Float32Array(size * size * 3)
  for (let pixel = 0; pixel < size * size; pixel++) {
    const column = x + (pixel % size) / scale
    const row = y + Math.floor(pixel / size) / scale
    colors.set(meanColor(image, column, row, 1 / scale), pixel * 3)
  }
  return { size, colors, x, y, scale }
}

/** The pinhole camera over a crop, of the one over its picture. */
export function pinholeOfCrop(pinhole: Pinhole, { x, y, scale }: AnchorCrop): Pinhole {
  return cropPinhole(pinhole, x, y, scale)
}

function meanColor(image: PixelImage, x: number, y: number, side: number): Float64Array {
  const sum = new Float64Array(3)
  const middleX = x + side / 2
  const middleY = y + side / 2
  const inside = middleX >= 0 && middleX <= image.width && middleY >= 0 && middleY <= image.height
  if (!inside) return sum.fill(Number.NaN)
  const taps = Math.max(1, Math.ceil(side))
  const color = new Float64Array(3)
  for (let tap = 0; tap < taps * taps; tap++) {
    const tapX = x + ((tap % taps) + 0.5) * (side / taps)
    const tapY = y + (Math.floor(tap / taps) + 0.5) * (side / taps)
    sampleBilinear(image, tapX, tapY, color)
    for (let c = 0; c < 3; c++) sum[c]! += color[c]! / (taps * taps)
  }
  return sum
}

function rangeOf(points: Float32Array, axis: number): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = axis; i < points.length; i += 3) {
    least = Math.min(least, points[i]!)
    most = Math.max(most, points[i]!)
  }
  return [least, most]
}
