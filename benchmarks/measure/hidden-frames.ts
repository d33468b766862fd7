import type { Box } from '@retinaface/node'
import type { Truth } from '../pictures/moving-stills.ts'
import { isInCover } from './hidden-boxes.ts'

/** How well the known faces of frames are hidden. */
export interface HiddenFrames {
  /** Frames with faces. */
  readonly frames: number
  /** Of these, frames in which every face is hidden. */
  readonly hidden: number
  readonly faces: number
  /** Faces that are open in a frame, though the same face is hidden in a frame before and one after. */
  readonly openBetween: number
}

/**
 * Counts frames whose faces are hidden: their five points lie in the ellipse of a cover.
 *
 * @param truths of frames in their order
 * @param covers of the same frames
 */
export function countHidden(
  truths: readonly (readonly Truth[])[],
  covers: readonly (readonly Box[])[],
): HiddenFrames {
  const isHidden = truths.map((faces, i) =>
    faces.map(({ points }) =>
      covers[i]!.some((box) => points.every((point) => isInCover(point, box))),
    ),
  )
  const ofFaces = new Map<number, boolean[]>()
  for (const [i, faces] of truths.entries()) {
    for (const [j, { face }] of faces.entries()) {
      const states = ofFaces.get(face) ?? []
      ofFaces.set(face, states)
      states.push(isHidden[i]![j]!)
    }
  }
  const withFaces = isHidden.filter((states) => states.length > 0)
  const between = [...ofFaces.values()].flatMap((states) =>
    states.slice(states.indexOf(true) + 1, Math.max(0, states.lastIndexOf(true))),
  )
  return {
    frames: withFaces.length,
    hidden: withFaces.filter((states) => states.every(Boolean)).length,
    faces: withFaces.flat().length,
    openBetween: between.filter((state) => !state).length,
  }
}
