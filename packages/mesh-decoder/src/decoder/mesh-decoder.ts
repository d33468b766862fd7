import type { Anchor } from '../camera/pinhole.ts'

/** Numbers of a decoded vertex: x, y, z in the canonical frame (centimetres), then r, g, b (0..1). */
export const VERTEX_CHANNELS = 6

/**
 * The mesh decoder D of the paper: a latent P_ST to the shape and colour of a face mesh.
 *
 * A decoder owns scratch memory, so one decoder serves one caller at a time.
 */
export interface MeshDecoder {
  /** Length of the latent P_ST. */
  readonly latentSize: number
  /** Vertices of the decoded mesh. */
  readonly vertexCount: number
  /**
   * Decode one face.
   *
   * @param latent [latentSize] unit-variance shape-and-texture parameters P_ST.
   * @param dst [vertexCount × 6], a new array by default; nothing is allocated when it is given.
   * @returns `dst`: x, y, z in the canonical frame (cm), r, g, b (0..1, not clamped) a vertex.
   * @throws InvalidArgumentError if an array's length does not fit.
   */
  decode(latent: Float32Array, dst?: Float32Array): Float32Array
  /**
   * The gradient of a loss with respect to the latent: the transposed Jacobian of `decode` at
   * `latent`, times `gradOutput`.
   *
   * @param latent [latentSize] where the Jacobian is taken.
   * @param gradOutput [vertexCount × 6] derivative of the loss by each output of `decode`.
   * @param dst [latentSize], a new array by default.
   * @returns `dst`.
   * @throws InvalidArgumentError if an array's length does not fit.
   */
  backward(latent: Float32Array, gradOutput: Float32Array, dst?: Float32Array): Float32Array
}

/** A decoded face in a picture; all but the positions is computed when it is first read. */
export interface ImageMesh {
  /** [vertices, 3] x, y and depth in pixels, depth 0 at the canonical origin, smaller nearer. */
  readonly positions: Float32Array
  /** [vertices, 3] canonical frame, centimetres. */
  readonly canonical: Float32Array
  /** [vertices, 3] red, green and blue reflectance, sRGB-encoded, 0..1, not clamped. */
  readonly colors: Float32Array
}

/** The layer of a decoder that takes the latent. */
export interface LatentLayer {
  /** [outputs, latentSize]. */
  readonly weight: Float32Array
  /** [outputs]. */
  readonly bias: Float32Array
}

/** A face to decode and where it is in a picture. */
export interface PlacedFace {
  /** P_ST ([latentSize]). */
  readonly latent: Float32Array
  /** P_cam ([7]), relative to `anchor`. */
  readonly camera: ArrayLike<number>
  readonly anchor: Anchor
  /** What the decoder's {@link ImageMeshDecoder.latentLayer} makes of the latent, where it is known. */
  readonly coarse?: Float32Array
}

/** A mesh decoder that also places its faces in a picture. */
export interface ImageMeshDecoder extends MeshDecoder {
  /** Its first layer in new arrays, for callers that have something faster to run it on. */
  latentLayer(): LatentLayer
  /**
   * Decode one face and project it: `decode`, `projectToAnchor` and `anchorToImage` in one go.
   *
   * @param latent [latentSize] P_ST.
   * @param camera P_cam ([7]), relative to `anchor`.
   * @returns new arrays.
   * @throws InvalidArgumentError if an array's length does not fit.
   */
  decodeInImage(latent: Float32Array, camera: ArrayLike<number>, anchor: Anchor): ImageMesh
  /**
   * `decodeInImage` of several faces, faster than one after the other: weights are read once for all.
   *
   * @returns new arrays, a mesh a face.
   * @throws InvalidArgumentError if an array's length does not fit.
   */
  decodeAllInImage(faces: readonly PlacedFace[]): ImageMesh[]
}
