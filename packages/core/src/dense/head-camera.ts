import { rotationMatrix, rotationVector } from '@retinaface/mesh-decoder'
import type { FaceFrame } from './face-frame.ts'

/** How the dense head writes a camera down; constants of its weight file. */
export interface HeadCameraScale {
  /** Centimetres that the frame's unit spans, typically. */
  readonly typicalSize: number
  /** Centimetres from the camera to the face, typically. */
  readonly typicalDistance: number
  readonly scaleStep: number
  readonly placeStep: number
  /** Least and largest logarithm of the distance over the typical one. */
  readonly distanceRange: readonly [number, number]
}

/**
 * P_cam ([7], docs/coordinate-frames.md) from the head's seven numbers: rotation vector in the
 * face's frame, log scale, log distance, and place of the canonical origin in the face's frame.
 *
 * @param offset from the anchor's centre to the face's, in the face's axes, over the face's size
 */
export function cameraOfHead(
  raw: ArrayLike<number>,
  frame: FaceFrame,
  anchorSize: number,
  offset: readonly [number, number],
  scales: HeadCameraScale,
): Float32Array {
  const { cosine, sine, size } = frame
  const { scale, distance, ...place } = placeOfHead(raw, scales)
  const x = (place.x + offset[0]) / scale
  const y = (place.y + offset[1]) / scale
  const camera = new Float32Array(7)
  camera[0] = cosine * x - sine * y
  camera[1] = -(sine * x + cosine * y)
  camera[2] = -distance
  camera.set(turned(raw, cosine, sine), 3)
  camera[6] = (scale * size * distance) / anchorSize
  return camera
}

/**
 * What four of the head's seven camera numbers mean: face sizes a centimetre, centimetres from the
 * camera, and the place of the canonical origin in the face's frame.
 */
export function placeOfHead(
  raw: ArrayLike<number>,
  { scaleStep, typicalSize, typicalDistance, distanceRange, placeStep }: HeadCameraScale,
): { scale: number; distance: number; x: number; y: number } {
  const [low, high] = distanceRange
  return {
    scale: Math.exp(scaleStep * raw[3]!) / typicalSize,
    distance: typicalDistance * Math.exp(Math.min(Math.max(raw[4]!, low), high)),
    x: placeStep * raw[5]!,
    y: placeStep * raw[6]!,
  }
}

/** The rotation vector after the face's frame is turned back into the image's axes (y up). */
function turned(raw: ArrayLike<number>, cosine: number, sine: number): Float32Array {
  const r = rotationMatrix([raw[0]!, raw[1]!, raw[2]!])
  const product = new Float64Array(9)
  for (let column = 0; column < 3; column++) {
    const first = r[column]!
    const second = r[3 + column]!
    product[column] = cosine * first + sine * second
    product[3 + column] = cosine * second - sine * first
    product[6 + column] = r[6 + column]!
  }
  return rotationVector(product)
}
