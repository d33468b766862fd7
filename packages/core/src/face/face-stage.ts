import type { CancelSignal } from '../cancel/cancel-signal.ts'
import type { Candidate } from '../candidates/decode-candidates.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { Face } from './face.ts'

/**
 * What a face has besides box and landmarks, as a mesh: made where the option of the stage's name is
 * given to `detect`.
 *
 * `Option` is that option's value with `true` as `{}`; `Reading` is what the stage reads of a candidate.
 */
export interface FaceStage<Option = unknown, Reading = unknown> {
  /**
   * Tensors of the detector's network that it reads, each `1×rows×columns×channels`, or the network's
   * input by its name; `[]` for none.
   */
  readonly tensors: readonly string[]
  /** Whether it looks at the picture itself, which is then there with all its pixels. */
  needsPicture(option: Option): boolean
  /**
   * Reads candidates while the tensors of their pass are there; called for the best candidate of each
   * place, and not at all where `tensors` is empty.
   *
   * @param candidates in pixels of the network's input
   * @param maps the tensors by name; two stages of one detector are given the same map
   * @returns one reading a candidate
   */
  read(candidates: readonly Candidate[], maps: FeatureMaps): Promise<readonly Reading[]>
  /**
   * What becomes of the faces that are kept.
   *
   * @param picture upright and opaque; smaller than the photograph unless {@link needsPicture}
   * @param faces the best first. Those that only the mirrored picture shows are missing where the stage
   * reads tensors.
   * @returns one object a face, whose fields the face then has too
   */
  describe(
    picture: PixelImage,
    faces: readonly FaceToDescribe<Reading>[],
    option: Option,
    signal: CancelSignal | undefined,
  ): Promise<readonly object[]>
  /** Frees what the collector does not. */
  release(): Promise<void>
}

/** A face, in the image frame, and what a stage read of it. */
export interface FaceToDescribe<Reading> {
  readonly face: Face
  /** `undefined` for stages that read no tensors. */
  readonly reading: Reading
}

/** The face stages of a detector by the names of their options; each is opened when it is first asked for. */
export type FaceStages = Readonly<Record<string, () => Promise<FaceStage>>>
