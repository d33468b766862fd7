import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FaceFrame } from './face-frame.ts'

/** Ten landmark coordinates and eight scalars; the one-hot of the anchor's kind follows. */
const scalarCount = 18

/**
 * Writes the numbers that tell the dense head where a face lies in its frame and on its anchor, all
 * free of position, and returns how many: the landmarks in the face's frame, log(box width / size),
 * log(size / anchor size), log(size) − 4, cosine and sine of the turn, the face's centre from the
 * anchor's in the face's frame over the anchor's size, the score, and a one-hot of the anchor's kind.
 *
 * @param kinds stride and size of each kind of anchor
 */
export function writeGeometry(
  { box, landmarks, anchor, score }: Candidate,
  frame: FaceFrame,
  kinds: readonly (readonly number[])[],
  dst: Float32Array,
): number {
  const { centreX, centreY, size, cosine, sine } = frame
  for (let i = 0; i < 10; i += 2) {
    const x = landmarks[i]! - centreX
    const y = landmarks[i + 1]! - centreY
    dst[i] = (cosine * x + sine * y) / size
    dst[i + 1] = (cosine * y - sine * x) / size
  }
  const [offsetX, offsetY] = offsetFromAnchor(anchor, frame)
  dst[10] = Math.log(Math.max(box[2]! - box[0]!, 1) / size)
  dst[11] = Math.log(size / anchor.size)
  dst[12] = Math.log(size) - 4
  dst[13] = cosine
  dst[14] = sine
  dst[15] = offsetX / anchor.size
  dst[16] = offsetY / anchor.size
  dst[17] = score
  kinds.forEach(([stride, side], i) => {
    dst[scalarCount + i] = stride === anchor.stride && side === anchor.size ? 1 : 0
  })
  return scalarCount + kinds.length
}

/** From the anchor's centre to the face's, in the face's axes, in pixels. */
export function offsetFromAnchor(
  { centreX, centreY }: Candidate['anchor'],
  frame: FaceFrame,
): [number, number] {
  const x = frame.centreX - centreX
  const y = frame.centreY - centreY
  return [frame.cosine * x + frame.sine * y, frame.cosine * y - frame.sine * x]
}
