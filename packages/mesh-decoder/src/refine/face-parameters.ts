/** What the dense regression branch says of a face. */
export interface FaceParameters {
  /** [latentSize] P_ST, shape and texture. */
  readonly latent: Float32Array
  /** [7] P_cam, as docs/coordinate-frames.md defines it. */
  readonly camera: Float32Array
  /** [9] P_ill, as docs/coordinate-frames.md defines it. */
  readonly light: Float32Array
}

/** The three parts of a flat parameter vector ([latentSize + 7 + 9]), as views of it. */
export function partsOf(flat: Float32Array): FaceParameters {
  const latentSize = flat.length - 16
  return {
    latent: flat.subarray(0, latentSize),
    camera: flat.subarray(latentSize, latentSize + 7),
    light: flat.subarray(latentSize + 7),
  }
}

/** The flat vector ([latentSize + 7 + 9]) of parameters: latent, camera, light. */
export function flatten({ latent, camera, light }: FaceParameters): Float32Array {
  return Float32Array.of(...latent, ...camera, ...light)
}
