import { type Box, DEFAULT_MARGIN } from '@retinaface/node'
import type { Point, Truth } from '../pictures/moving-stills.ts'

// Of a cover: half of the diagonal of a face's box, and the default margin.
const reach = (Math.SQRT2 * (1 + DEFAULT_MARGIN)) / 2

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
    faces.map(({ points }) => covers[i]!.some((box) => points.every((point) => lies(point, box)))),
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

function lies([x, y]: Point, [x1, y1, x2, y2]: Box): boolean {
  const across = (x - (x1 + x2) / 2) / ((x2 - x1) * reach)
  const down = (y - (y1 + y2) / 2) / ((y2 - y1) * reach)
  return across ** 2 + down ** 2 <= 1
}
