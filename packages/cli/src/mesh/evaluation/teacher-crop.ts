import { type AffineTransform, invertTransform, type PixelImage, warpImage } from '@retinaface/core'
import type { PixelBox, Points } from '@retinaface/evaluation'
import { shrinkByArea } from './shrink-by-area.ts'

/** Side of the teacher's input, in pixels. */
export const CROP_SIZE = 192

/** How much of the picture the teacher sees, in sizes of the face. */
const margin = 1.5

/** MediaPipe's outer corners of the subject's right and left eye. */
const [rightEye, leftEye] = [33, 263]

/** From bilinear sampling on, the crop would alias. */
const mostShrunk = 1.5

/** Takes crop coordinates to the picture's, both with the first pixel's corner at 0. */
export type CropTransform = AffineTransform

/** The crop about a detected box, upright by the line of the eyes (the first two landmarks). */
export function cropOfBox([x1, y1, x2, y2]: PixelBox, landmarks: Points): CropTransform {
  const side = margin * Math.max(x2 - x1, y2 - y1)
  return cropAbout((x1 + x2) / 2, (y1 + y2) / 2, side, slope(landmarks[0]!, landmarks[1]!))
}

/** The crop about a mesh whose vertices are MediaPipe's, upright by the line of the eyes. */
export function cropOfPoints(points: Points): CropTransform {
  const angle = slope(points[rightEye!]!, points[leftEye!]!)
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const along = points.map(([x, y]) => cosine * x! + sine * y!)
  const across = points.map(([x, y]) => cosine * y! - sine * x!)
  const [left, right] = [Math.min(...along), Math.max(...along)]
  const [top, bottom] = [Math.min(...across), Math.max(...across)]
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const side = margin * Math.max(right - left, bottom - top)
  return cropAbout(cosine * x - sine * y, sine * x + cosine * y, side, angle)
}

/** The crop's pixels, red, green and blue in 0..1 ([192, 192, 3]); black beyond the picture. */
export function cutCrop(image: PixelImage, transform: CropTransform): Float32Array {
  const scale = scaleOf(transform)
  const step = Math.max(1, scale > mostShrunk ? scale : 1)
  const onShrunk = transform.map((value) => value / step) as unknown as CropTransform
  const {
    image: source,
    left,
    top,
  } = step > 1 ? shrinkByArea(image, step, boundsOf(onShrunk)) : { image, left: 0, top: 0 }
  const [a, b, c, d, e, f] = onShrunk
  // From pixels counted by their corners to pixels counted by their centres.
  const x = c + (a + b - 1) / 2 - left
  const y = f + (d + e - 1) / 2 - top
  const size = { width: CROP_SIZE, height: CROP_SIZE }
  const { data, channels } = warpImage(source, invertTransform([a, b, x, d, e, y]), size)
  const colour = (pixel: number, k: number) => data[pixel * channels + (channels === 1 ? 0 : k)]!
  return Float32Array.from({ length: CROP_SIZE ** 2 * 3 }, (_, i) => {
    return colour(Math.floor(i / 3), i % 3) / 255
  })
}

/** Pixels of the picture to a pixel of the crop. */
export function scaleOf([a, , , d]: CropTransform): number {
  return Math.hypot(a, d)
}

function cropAbout(x: number, y: number, side: number, angle: number): CropTransform {
  const scale = side / CROP_SIZE
  const [cosine, sine] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  const half = CROP_SIZE / 2
  const left = x - (cosine - sine) * half
  const top = y - (sine + cosine) * half
  return [cosine, -sine, left, sine, cosine, top]
}

function slope(from: readonly number[], to: readonly number[]): number {
  return Math.atan2(to[1]! - from[1]!, to[0]! - from[0]!)
}

/** The smallest box around the crop's corners. */
function boundsOf([a, b, c, d, e, f]: CropTransform): PixelBox {
  const corners = [0, CROP_SIZE].flatMap((u) => [0, CROP_SIZE].map((v) => [u, v] as const))
  const xs = corners.map(([u, v]) => a * u + b * v + c)
  const ys = corners.map(([u, v]) => d * u + e * v + f)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
