import type { KernelBackend, TensorFile } from '@retinaface/mesh-decoder'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { FaceFrame } from './face-frame.ts'
import { ShapeFit } from './fit-shape.ts'
import type { HeadArchitecture } from './head-architecture.ts'
import { PatchLandmarks } from './patch-landmarks.ts'

/** Moves a dense head's answer to landmarks that small networks find in patches of the picture. */
export class PatchFit {
  private readonly landmarks: PatchLandmarks
  private readonly shape: ShapeFit
  private readonly outputs: HeadArchitecture['outputs']
  private readonly leastSize: number
  /** The network's tensor that is the picture. */
  private readonly picture: string

  /** @throws {WeightFileError} if a tensor is missing or of another shape. */
  constructor(
    file: TensorFile,
    { patches, inputs, outputs }: HeadArchitecture,
    backend: KernelBackend | undefined,
  ) {
    this.landmarks = new PatchLandmarks(file, patches!, backend)
    this.shape = new ShapeFit(file, this.landmarks.points.length / 2, patches!.prior)
    this.outputs = outputs
    this.leastSize = patches!.leastSize
    this.picture = inputs.grids.find(({ stride }) => stride === 1)!.tensor
  }

  /** True of a face that is smaller than those that the networks were trained on. */
  isSmall({ size }: FaceFrame): boolean {
    return size < this.leastSize
  }

  /**
   * Looks at the patches, and moves the answer to what it finds, unless the face is small.
   *
   * @param raw the dense head's outputs, changed in place
   * @param offset from the anchor's centre to the face's, in the face's axes, over the face's size
   * @param maps the network's tensors, from the same run
   * @returns what was found; valid until the next call
   */
  refine(
    raw: Float32Array,
    offset: readonly [number, number],
    frame: FaceFrame,
    maps: FeatureMaps,
  ): PatchLandmarks {
    const { landmarks, outputs } = this
    landmarks.find(raw, offset, outputs, frame, maps.get(this.picture)!)
    if (!this.isSmall(frame)) this.shape.fit(raw, offset, outputs, landmarks.points)
    return landmarks
  }
}
