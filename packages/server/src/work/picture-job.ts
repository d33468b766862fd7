import type { DetectOptions, HideStyle } from '@retinaface/core'
import type { FaceEntry } from '@retinaface/node/results'

/** Formats of pictures that are sent. */
export type SentFormat = 'jpeg' | 'png' | 'webp'

/** What is to be done with a picture, and in which form its result is sent. */
export type Task =
  | { readonly kind: 'detect'; readonly as: 'json' | SentFormat; readonly detect: DetectOptions }
  | {
      readonly kind: 'align'
      readonly as: 'json' | 'zip'
      readonly detect: DetectOptions
      /** Of a crop, in pixels. */
      readonly size: number
      readonly format: 'png' | 'jpeg'
    }
  | {
      readonly kind: 'blur'
      /** `same` is the format that the picture came in. */
      readonly as: 'json' | 'same' | SentFormat
      readonly detect: DetectOptions
      readonly style: HideStyle
      readonly margin: number
      readonly quality: number | undefined
    }
  | {
      readonly kind: 'mesh'
      readonly as: 'json' | 'glb' | 'zip' | SentFormat
      readonly detect: DetectOptions
      readonly texture: 'model' | 'image'
      /** Which face a GLB is of, from 1, the best. */
      readonly face: number
    }

/** What a worker is asked to do with one picture. */
export interface PictureJob {
  readonly kind: 'picture'
  readonly bytes: Uint8Array
  readonly task: Task
}

/** A face that was cut out. */
export interface CropEntry extends FaceEntry {
  /** Takes picture coordinates to the crop's: `[a, b, c, d, e, f]`, x' = ax + by + c, y' = dx + ey + f. */
  readonly transform: readonly number[]
  /** The encoded crop, as base64, where the result is JSON. */
  readonly crop?: string
}

/** What is sent of a picture, and what it took. */
export interface Outcome {
  readonly width: number
  readonly height: number
  readonly faces: readonly FaceEntry[]
  /** What is sent instead of, or beside, the faces: undefined where there is no face to send. */
  readonly file?: { readonly bytes: Uint8Array; readonly type: string }
  readonly seconds: { readonly decoding: number; readonly inference: number }
}
