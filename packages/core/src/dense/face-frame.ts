import type { Candidate } from '../candidates/decode-candidates.ts'

/** The frame of a detected face in network pixels: centred on its box, turned with its landmarks. */
export interface FaceFrame {
  readonly centreX: number
  readonly centreY: number
  /** The frame's unit: the square root of the box's area, in pixels. */
  readonly size: number
  /** Cosine and sine of the turn from the image's axes to the frame's (y down). */
  readonly cosine: number
  readonly sine: number
}

/**
 * The frame of a candidate.
 *
 * The turn is that of the least-squares similarity from a frontal face's landmarks to the detected
 * ones; the distance from eyes to mouth keeps it steady on profiles.
 *
 * @param frontal the landmarks of a frontal face, mean removed, five `[x, y]`
 */
export function faceFrame(
  { box, landmarks }: Pick<Candidate, 'box' | 'landmarks'>,
  frontal: readonly (readonly number[])[],
): FaceFrame {
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < 10; i += 2) {
    meanX += landmarks[i]! / 5
    meanY += landmarks[i + 1]! / 5
  }
  let dot = 0
  let cross = 0
  for (let i = 0; i < 5; i++) {
    const x = landmarks[2 * i]! - meanX
    const y = landmarks[2 * i + 1]! - meanY
    const [frontalX, frontalY] = frontal[i] as readonly [number, number]
    dot += frontalX * x + frontalY * y
    cross += frontalX * y - frontalY * x
  }
  const length = Math.hypot(dot, cross) || 1
  const width = Math.max(box[2]! - box[0]!, 1)
  const height = Math.max(box[3]! - box[1]!, 1)
  return {
    centreX: (box[0]! + box[2]!) / 2,
    centreY: (box[1]! + box[3]!) / 2,
    size: Math.sqrt(width * height),
    cosine: length === 1 && dot === 0 ? 1 : dot / length,
    sine: cross / length,
  }
}
