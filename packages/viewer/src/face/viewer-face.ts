import type { MorphWeights } from '@retinaface/mesh-decoder'

/** The mesh of a {@link ViewerFace}, as `detect` with `mesh: true` gives it. */
export interface ViewerMesh {
  /** [vertices, 3] x, y and depth in pixels of the upright picture. */
  readonly positions: Float32Array
  /** [vertices, 3] canonical frame, centimetres. */
  readonly canonical: Float32Array
  /** [vertices, 3] red, green and blue, sRGB-encoded, 0..1. */
  readonly colors: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array | Uint16Array | Uint32Array
  /** [vertices, 3] unit normals in the canonical frame; computed where they are missing. */
  readonly normals?: Float32Array
  /** [vertices, 2] texture coordinates, origin at the top left, v down; for exports. */
  readonly uv?: Float32Array
}

/**
 * A face to be shown: plain data, as `detect` of `@retinaface/node` and `@retinaface/web` gives it.
 *
 * A face without `mesh`, `camera` or `anchor` keeps its place in the list and is not drawn.
 */
export interface ViewerFace {
  /** 0..1. */
  readonly score?: number
  /** `[x1, y1, x2, y2]` in pixels of the upright picture. */
  readonly box?: readonly number[]
  /** Five `[x, y]` in pixels of the upright picture. */
  readonly landmarks?: readonly (readonly number[])[]
  /** Anchor that the camera is relative to: centre and side in pixels. */
  readonly anchor?: { readonly centre: readonly [x: number, y: number]; readonly size: number }
  /** P_cam ([7], docs/coordinate-frames.md). */
  readonly camera?: Float32Array
  /** P_ill ([9], docs/coordinate-frames.md); a studio light where it is missing. */
  readonly light?: Float32Array
  /** P_ST: the latent of shape and texture. */
  readonly latent?: Float32Array
  /** Degrees. */
  readonly pose?: { readonly yaw: number; readonly pitch: number; readonly roll: number }
  readonly mesh?: ViewerMesh
  /** Coefficients of expression by ARKit's names, 0 to 1; what is not named is 0. */
  readonly expressions?: MorphWeights
}
