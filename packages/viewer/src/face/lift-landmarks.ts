import type { ViewerFace } from './viewer-face.ts'

/** Where a face is, and its landmarks to be filled. */
interface LandmarkPlaces {
  readonly landmarks: Float32Array
  landmarkCount: number
  readonly imagePositions: Float32Array
  readonly camera: Float32Array
  readonly anchor: { readonly centre: readonly [x: number, y: number] }
  readonly focalLength: number
}

/**
 * Places landmarks of the picture in the face's camera frame: on the ray through their pixel, as far
 * away as the nearest vertex that is seen beside them.
 */
export function liftLandmarks(face: LandmarkPlaces, landmarks: ViewerFace['landmarks'] = []): void {
  face.landmarkCount = Math.min(landmarks.length, face.landmarks.length / 3)
  const { camera, anchor, focalLength } = face
  const origin = -camera[2]!
  for (let i = 0; i < face.landmarkCount; i++) {
    const x = landmarks[i]![0]!
    const y = landmarks[i]![1]!
    // Depth in pixels to a distance in centimetres, as docs/coordinate-frames.md has it.
    const distance = origin + (depthAt(face.imagePositions, x, y) * origin) / focalLength
    face.landmarks[i * 3] = ((x - anchor.centre[0]) * distance) / focalLength
    face.landmarks[i * 3 + 1] = (-(y - anchor.centre[1]) * distance) / focalLength
    face.landmarks[i * 3 + 2] = -distance
  }
}

/** Depth of the vertex that is seen nearest to (x, y). */
function depthAt(positions: Float32Array, x: number, y: number): number {
  let best = Number.POSITIVE_INFINITY
  let depth = 0
  for (let i = 0; i < positions.length; i += 3) {
    const square = (positions[i]! - x) ** 2 + (positions[i + 1]! - y) ** 2
    if (square >= best) continue
    best = square
    depth = positions[i + 2]!
  }
  return depth
}
