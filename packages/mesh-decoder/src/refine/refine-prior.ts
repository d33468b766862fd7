import { type FaceParameters, flatten } from './face-parameters.ts'

/** A normal distribution of parameters with independent elements. */
export interface Prior {
  /** [latentSize + 7 + 9]. */
  readonly mean: Float32Array
  /** [latentSize + 7 + 9] standard deviations. */
  readonly deviation: Float32Array
}

/**
 * What is believed before the picture is looked at: the latent about the mean face with unit
 * variance, as the decoder was trained; camera and light about the start.
 *
 * Deviations of the camera are a fiftieth of the distance sideways, a tenth of it and of the focal
 * length, and 0.2 rad; those of the light 20 cm and 0.2.
 */
export function priorAbout(start: FaceParameters): Prior {
  const distance = Math.abs(start.camera[2]!)
  const sideways = distance / 50
  return {
    mean: flatten({ ...start, latent: new Float32Array(start.latent.length) }),
    deviation: flatten({
      latent: new Float32Array(start.latent.length).fill(1),
      camera: Float32Array.of(
        sideways,
        sideways,
        distance / 10,
        0.2,
        0.2,
        0.2,
        start.camera[6]! / 10,
      ),
      light: Float32Array.of(20, 20, 20, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2),
    }),
  }
}
