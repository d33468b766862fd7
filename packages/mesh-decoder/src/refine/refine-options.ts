import { checkCount, checkLength } from '../camera/check-length.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { checkFaces } from '../raster/check-faces.ts'
import { checkPixelImage, type PixelImage } from '../raster/pixel-image.ts'
import type { FaceModel } from './face-chain.ts'
import type { FaceParameters } from './face-parameters.ts'

/** Where some vertices are seen, as a detector's five points tell. */
export interface RefineLandmarks {
  /** [landmarks] vertex indices. */
  readonly vertices: ArrayLike<number>
  /** [landmarks, 2] image frame, pixels. */
  readonly points: ArrayLike<number>
}

/** What {@link refine} works with and how far it goes. */
export interface RefineOptions extends FaceModel {
  /** Landmarks to stay near to; none by default. */
  readonly landmarks?: RefineLandmarks
  /** Most steps to take. Default 10. */
  readonly steps?: number
  /** Side of the square that the face's surroundings are resampled to, pixels. Default 96. */
  readonly cropSize?: number
  /** Weight of the prior; larger stays nearer to the start and to the mean face. Default 1e-4. */
  readonly priorWeight?: number
}

/** Values of the options that are left out. */
export const REFINE_DEFAULTS: Required<Pick<RefineOptions, 'steps' | 'cropSize' | 'priorWeight'>> =
  {
    steps: 10,
    cropSize: 96,
    priorWeight: 1e-4,
  }

/** Checks that picture, parameters, decoder and landmarks fit one another. */
export function checkRefineInput(
  image: PixelImage,
  start: FaceParameters,
  { decoder, triangles, landmarks, ...options }: RefineOptions,
): void {
  const { steps, cropSize, priorWeight } = { ...REFINE_DEFAULTS, ...options }
  checkNotNegative('options.steps', steps)
  checkNotNegative('options.priorWeight', priorWeight)
  checkCount('options.cropSize', cropSize)
  checkFaces('options.triangles', triangles, decoder.vertexCount)
  checkPixelImage('image.data', image)
  checkLength('start.latent', start.latent, decoder.latentSize)
  checkLength('start.camera', start.camera, 7)
  checkLength('start.light', start.light, 9)
  if (!(start.camera[2]! < 0) || !(start.camera[6]! > 0)) {
    throw new InvalidArgumentError(
      'start.camera',
      'a face in front of the camera, z below 0 and focal length above 0',
      `z ${start.camera[2]}, focal length ${start.camera[6]}`,
    )
  }
  if (landmarks) checkLandmarks(landmarks, decoder.vertexCount)
}

function checkNotNegative(argument: string, value: number): void {
  if (value >= 0) return
  throw new InvalidArgumentError(argument, 'a number of at least 0', value)
}

function checkLandmarks({ vertices, points }: RefineLandmarks, vertexCount: number): void {
  checkLength('landmarks.points', points, vertices.length * 2)
  if (vertices.length === 0) {
    throw new InvalidArgumentError('landmarks.vertices', 'at least one vertex', vertices)
  }
  for (let i = 0; i < vertices.length; i++) {
    if (vertices[i]! >= 0 && vertices[i]! < vertexCount) continue
    throw new InvalidArgumentError(
      'landmarks.vertices',
      `indices below ${vertexCount}`,
      vertices[i]!,
    )
  }
}
