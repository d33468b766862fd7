import type { Pose } from '@retinaface/mesh-decoder'
import type { FivePoints } from '../align/align-face.ts'
import type { FaceExpression } from './face-expression.ts'
import type { FaceMesh } from './face-mesh.ts'

/** Corners of a box in the image frame, `[x1, y1, x2, y2]` in pixels. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number]

/** The anchor that a face was decoded from. */
export interface FaceAnchor {
  /** Stride of its pyramid level, in pixels of the network's input. */
  readonly stride: number
  /** Cell in the level's feature map. */
  readonly row: number
  readonly column: number
  /** Which of the cell's anchors. */
  readonly index: number
  /** Centre in the image frame, pixels. */
  readonly centre: readonly [x: number, y: number]
  /** Side in pixels of the image. */
  readonly size: number
  /** True if the face was found in the mirrored picture. */
  readonly flipped: boolean
  /** Quarter turns, clockwise, of the picture in which the face was found; absent where it was not turned. */
  readonly quarters?: 1 | 2 | 3
}

/** What the mesh branch says of a face. */
export interface DenseFace {
  readonly mesh: FaceMesh
  readonly pose: Pose
  /** P_cam ([7], docs/coordinate-frames.md), relative to the face's `anchor`. */
  readonly camera: Float32Array
  /** P_ill ([9], docs/coordinate-frames.md). */
  readonly light: Float32Array
  /** P_ST ([128]): the latent of shape and texture. */
  readonly latent: Float32Array
}

/**
 * One face in a picture: plain data that survives JSON and `structuredClone`.
 *
 * `mesh`, `pose`, `camera`, `light` and `latent` are there when `mesh` was asked for; a face that only
 * the mirrored picture shows has none. In the same way `expressions`, `uncertainExpressions`, `irises`,
 * `gaze`, `pose`, `eyesOpen` and `mouthOpen` are there when `expressions` was asked for.
 */
export interface Face extends Partial<DenseFace>, Partial<FaceExpression> {
  /** 0..1. */
  readonly score: number
  /** In pixels of the upright picture; may reach beyond its edges. */
  readonly box: Box
  /**
   * The subject's right eye (left in the picture), left eye, nose tip, right mouth corner and left
   * mouth corner, in pixels of the upright picture.
   */
  readonly landmarks: FivePoints
  readonly anchor: FaceAnchor
  /** The detector's context features at the anchor, when `contextFeatures` was asked for. */
  readonly contextFeatures?: Float32Array
}
