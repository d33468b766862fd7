import { type TensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import type { ConvolutionStep } from './convolution-layer.ts'
import type { HeadCameraScale } from './head-camera.ts'

/** A map of the network that is read at the points of the face's grid. */
export interface HeadGrid {
  /** The network's tensor. */
  readonly tensor: string
  /** Network pixels a cell. */
  readonly stride: number
  readonly channels: number
  /** What becomes of the values between cells. */
  readonly activation: 'relu' | 'none'
}

/** How much an answer may move, as precisions over that of a landmark. */
export interface FitPrior {
  /** Of each latent of shape. */
  readonly latent: number
  /** Of place (face sizes) and relative size. */
  readonly place: number
}

/** A part of the face that is looked at closely. */
export interface FacePatch {
  /** The small network that reads it. */
  readonly tower: string
  readonly columns: number
  readonly rows: number
  /** Centimetres from the middle of the part to the first sample and to the last (x right, y up). */
  readonly first: readonly [number, number]
  readonly last: readonly [number, number]
  /** Of the points that the network gives, how many are of the mesh. */
  readonly points: number
}

/** Patches of the picture about mouth and eyes, the networks that find landmarks in them, and the fit to these. */
export interface PatchArchitecture {
  readonly patches: readonly FacePatch[]
  readonly towers: Readonly<Record<string, readonly ConvolutionStep[]>>
  /** Added to the deviation of a patch's values, by which they are divided. */
  readonly leastDeviation: number
  /** Face size in network pixels from which patches are looked at. */
  readonly leastSize: number
  readonly prior: FitPrior
}

/** What a dense head reads and what its numbers mean: the `architecture` of its weight file. */
export interface HeadArchitecture {
  readonly inputs: {
    /** Numbers about the face's place. */
    readonly geometry: number
    /** The map of each stride whose values at the anchor's own cell are read. */
    readonly own: {
      readonly channels: number
      readonly tensors: Readonly<Record<string, string>>
    }
    /** Stride and size of each kind of anchor, in the order of the one-hot. */
    readonly anchorKinds: readonly (readonly [number, number])[]
    /** The grid over the face: points from its centre, in its frame and sizes. */
    readonly points: readonly (readonly [number, number])[]
    readonly grids: readonly HeadGrid[]
    /** Landmarks of a frontal face in face sizes, mean removed. */
    readonly frontalLandmarks: readonly (readonly [number, number])[]
  }
  /** How often the answer is refined, and how many points each refinement reads; none if absent. */
  readonly refinements?: { readonly count: number; readonly points: number }
  /** Landmarks from patches of the picture, to which the answer moves; none if absent. */
  readonly patches?: PatchArchitecture
  readonly outputs: {
    readonly latent: number
    readonly camera: HeadCameraScale
    /** P_ill = neutral + step × output. */
    readonly light: { readonly neutral: readonly number[]; readonly step: readonly number[] }
  }
}

/** How many numbers a head gives: the latent, seven of the camera, nine of the light. */
export function outputCount({ latent }: HeadArchitecture['outputs']): number {
  return latent + 7 + 9
}

/**
 * Reads the architecture of a dense head's weight file.
 *
 * @throws {WeightFileError} if the file is of something else.
 */
export function readHeadArchitecture({ metadata }: TensorFile): HeadArchitecture {
  try {
    const parsed = JSON.parse(metadata.get('architecture') ?? '') as HeadArchitecture
    const { inputs, outputs } = parsed
    const isWhole = inputs.points.length > 0 && inputs.own.channels > 0
    if (isWhole && inputs.grids.length > 0 && outputs.light.neutral.length === 9) return parsed
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new WeightFileError(
    'Expected the weight file of a dense head, with its inputs and outputs in the metadata "architecture", but found another. Was a mesh decoder’s file given?',
  )
}
