import {
  type KernelBackend,
  readTensorFile,
  type TensorFile,
  WeightFileError,
} from '@retinaface/mesh-decoder'
import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import { type FaceFrame, faceFrame } from './face-frame.ts'
import { GridPoints } from './grid-points.ts'
import type { HeadGrid } from './head-architecture.ts'
import { writeGeometry } from './head-geometry.ts'
import { channelsAPoint, readLayers } from './head-layers.ts'
import { type HeadProgram, headProgram } from './head-program.ts'
import { expectMap, readGrids } from './read-maps.ts'

/** What the refinement of landmarks reads: the `architecture` of its weight file. */
interface LandmarkArchitecture {
  readonly geometry: number
  readonly anchorKinds: readonly (readonly [number, number])[]
  readonly frontalLandmarks: readonly (readonly [number, number])[]
  readonly grids: readonly HeadGrid[]
  /** Places about each landmark that are read, in the face's frame and sizes. */
  readonly places: readonly (readonly [number, number])[]
  /** Face sizes a unit of the outputs. */
  readonly step: number
}

/**
 * Refines the five landmarks of kept candidates: the anchor's own cell gives them to about a tenth of
 * the eyes' distance, what the maps and the picture hold around them says how far they are off
 * (cascaded pose regression, Dollár et al. 2010). Two fully connected layers a face.
 */
export class LandmarkRefinement {
  private readonly architecture: LandmarkArchitecture
  private readonly program: HeadProgram
  private readonly points: GridPoints

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readArchitecture(file)
    const { geometry, places } = this.architecture
    const read = 5 * places.length * channelsAPoint(this.architecture)
    this.program = headProgram(readLayers(file, '', geometry + read), backend)
    this.points = new GridPoints(new Float64Array(5 * places.length * 2))
  }

  /** The network's tensors that are read. */
  get tensors(): readonly string[] {
    return this.architecture.grids.map(({ tensor }) => tensor)
  }

  /**
   * The landmarks (x0, y0, …, x4, y4) of each candidate, refined.
   *
   * @param candidates in network pixels
   * @param maps the network's tensors of {@link tensors}, from the same run
   * @throws {ModelMismatchError} if a tensor is missing or of another size.
   */
  async refine(candidates: readonly Candidate[], maps: FeatureMaps): Promise<Float64Array[]> {
    const { grids } = this.architecture
    for (const { tensor, channels } of grids) {
      expectMap(maps, tensor, channels, 'refinement of landmarks')
    }
    const { inputs } = this.program
    const refined: Float64Array[] = []
    for (let first = 0; first < candidates.length; first += inputs.length) {
      const batch = candidates.slice(first, first + inputs.length)
      const frames = batch.map((candidate, i) => this.writeInput(candidate, maps, inputs[i]!))
      const { outputs } = await this.program.run(batch.length)
      batch.forEach(({ landmarks }, i) => {
        refined.push(this.moved(landmarks, frames[i]!, outputs[i]!))
      })
    }
    return refined
  }

  private writeInput(candidate: Candidate, maps: FeatureMaps, input: Float32Array): FaceFrame {
    const { anchorKinds, frontalLandmarks, grids, places } = this.architecture
    const frame = faceFrame(candidate, frontalLandmarks)
    const at = writeGeometry(candidate, frame, anchorKinds, input)
    // The geometry begins with the landmarks in the face's frame.
    for (let landmark = 0, to = 0; landmark < 5; landmark++) {
      for (const [u, v] of places) {
        this.points.points[to++] = input[2 * landmark]! + u
        this.points.points[to++] = input[2 * landmark + 1]! + v
      }
    }
    readGrids(grids, this.points, frame, maps, input, at)
    return frame
  }

  private moved(
    landmarks: Float64Array,
    { size, cosine, sine }: FaceFrame,
    outputs: Float32Array,
  ): Float64Array {
    const pixels = size * this.architecture.step
    return landmarks.map((value, i) => {
      const [u, v] = [outputs[i & ~1]!, outputs[i | 1]!]
      return value + pixels * (i % 2 === 0 ? cosine * u - sine * v : sine * u + cosine * v)
    })
  }
}

function readArchitecture({ metadata }: TensorFile): LandmarkArchitecture {
  try {
    const parsed = JSON.parse(metadata.get('architecture') ?? '') as LandmarkArchitecture
    if (parsed.places.length > 0 && parsed.grids.length > 0 && parsed.step > 0) return parsed
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new WeightFileError(
    'Expected the weight file of a refinement of landmarks, with its places in the metadata "architecture", but found another. Was a dense head’s file given?',
  )
}
