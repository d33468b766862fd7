import { type TensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import type { HeadCameraScale } from './head-camera.ts'

/** A grid of points over the face at which a feature map is read. */
export interface HeadGrid {
  /** The network's tensor. */
  readonly tensor: string
  /** Network pixels a cell. */
  readonly stride: number
  /** Points a side. */
  readonly points: number
  /** Channels that each point is reduced to. */
  readonly channels: number
}

/** What a dense head reads and what its numbers mean: the `architecture` of its weight file. */
export interface HeadArchitecture {
  readonly inputs: {
    /** Numbers about the face's place. */
    readonly geometry: number
    /** The context features of each stride's anchors. */
    readonly own: Readonly<Record<string, string>>
    /** Stride and size of each kind of anchor, in the order of the one-hot. */
    readonly anchorKinds: readonly (readonly [number, number])[]
    readonly grids: readonly HeadGrid[]
    /** Width of the grids in face sizes. */
    readonly extent: number
    /** Landmarks of a frontal face in face sizes, mean removed. */
    readonly frontalLandmarks: readonly (readonly [number, number])[]
  }
  readonly outputs: {
    readonly latent: number
    readonly camera: HeadCameraScale
    /** P_ill = neutral + step × output. */
    readonly light: { readonly neutral: readonly number[]; readonly step: readonly number[] }
  }
}

/**
 * Reads the architecture of a dense head's weight file.
 *
 * @throws {WeightFileError} if the file is of something else.
 */
export function readHeadArchitecture({ metadata }: TensorFile): HeadArchitecture {
  try {
    const parsed = JSON.parse(metadata.get('architecture') ?? '') as HeadArchitecture
    if (parsed.inputs.grids.length > 0 && parsed.outputs.light.neutral.length === 9) return parsed
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new WeightFileError(
    'Expected the weight file of a dense head, with its inputs and outputs in the metadata "architecture", but found another. Was a mesh decoder’s file given?',
  )
}
