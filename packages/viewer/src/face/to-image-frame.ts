import { anchorToImage, projectToAnchor } from '@retinaface/mesh-decoder'
import type { ShownFace } from './shown-face.ts'

/** Computes a face's image positions from its canonical ones. */
export function toImageFrame({ positions, camera, anchor, imagePositions }: ShownFace): void {
  projectToAnchor(positions, camera, imagePositions)
  anchorToImage(imagePositions, anchor, imagePositions)
}
