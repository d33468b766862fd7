import {
  type FaceParameters,
  type KernelBackend,
  readTensorFile,
  WeightFileError,
} from '@retinaface/mesh-decoder'
import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { ExpressionHead, ExpressionReading } from './expression-head.ts'
import { type FaceFrame, faceFrame } from './face-frame.ts'
import { GridPoints } from './grid-points.ts'
import { type HeadArchitecture, outputCount, readHeadArchitecture } from './head-architecture.ts'
import { cameraOfHead } from './head-camera.ts'
import { offsetFromAnchor, writeGeometry } from './head-geometry.ts'
import { readHeadLayers, readRefinementLayers } from './head-layers.ts'
import { addOutputs, copiedOutputs } from './head-outputs.ts'
import { type HeadProgram, headProgram } from './head-program.ts'
import type { LinearLayer } from './linear-layer.ts'
import { MeshPoints } from './mesh-points.ts'
import { PatchFit } from './patch-fit.ts'
import { expectMap, readCell, readGrids } from './read-maps.ts'

// In messages.
const reader = 'dense head'

/** What the dense head says of a face. */
export interface HeadReading {
  /** P_ST, P_cam and P_ill, relative to the anchor. */
  readonly parameters: FaceParameters
  /** What the mesh decoder's first layer makes of the latent, where it was run along. */
  readonly coarse?: Float32Array
  /** What an expression head says of the face, where there is one. */
  readonly expression?: ExpressionReading
}

/** The dense layers of a mesh branch, in which most of its arithmetic is. */
export interface DenseLayers {
  /** From inputs to outputs; a ReLU follows each but the last. */
  readonly head: readonly LinearLayer[]
  /** The mesh decoder's first, where it is to run along: it takes the first of the head's outputs. */
  readonly decoder?: LinearLayer
}

/** Makes dense layers ready to run on something faster than WebAssembly. */
export type OpenDenseLayers = (layers: DenseLayers) => Promise<HeadProgram>

/**
 * The dense regression branch (arXiv 1905.00641, section 3.2), run at kept anchors only.
 *
 * It reads context features at the face's own anchor and finer maps on a grid over the face, all
 * reduced to few channels by the network, and gives P_ST, P_cam and P_ill. Refinements, where the
 * weights have some, read the maps again where the answer so far puts lips, lids, brows and outline,
 * and add to it (cascaded pose regression, Dollár et al. 2010). Landmarks found in patches of the picture,
 * where the weights have them, move it last. Its cost grows with the number of faces, not with the
 * picture.
 */
export class DenseHead {
  private readonly architecture: HeadArchitecture
  /** Of the head, then of each refinement. */
  private readonly layers: readonly (readonly LinearLayer[])[]
  private readonly backend: KernelBackend | undefined
  private readonly grid: GridPoints
  private readonly meshPoints: MeshPoints | undefined
  /** At which refinements read. */
  private readonly moved: GridPoints
  private readonly patchFit: PatchFit | undefined
  private programs: readonly HeadProgram[] | undefined
  private expressions: ExpressionHead | undefined

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readHeadArchitecture(file)
    const { inputs, refinements } = this.architecture
    const refinementLayers = readRefinementLayers(file, this.architecture)
    this.layers = [readHeadLayers(file, this.architecture), ...refinementLayers]
    this.backend = backend
    this.grid = new GridPoints(Float64Array.from(inputs.points.flat()))
    this.meshPoints = refinements && new MeshPoints(file, refinements.points)
    this.moved = new GridPoints(new Float64Array(2 * (refinements?.points ?? 0)))
    this.patchFit = this.architecture.patches && new PatchFit(file, this.architecture, backend)
  }

  /** The network's tensors that the head reads. */
  get tensors(): readonly string[] {
    const { own, grids } = this.architecture.inputs
    return [...Object.values(own.tensors), ...grids.map(({ tensor }) => tensor)]
  }

  /**
   * Has the layers run by something else, and the mesh decoder's first along with them; not where the answer
   * is still moved to landmarks afterwards.
   */
  async runOn(open: OpenDenseLayers, decoder: LinearLayer): Promise<void> {
    if (this.patchFit) {
      this.programs = await Promise.all(this.layers.map((head) => open({ head })))
      return
    }
    // The layer is linear: what it makes of the answer and of what is added to it are added too.
    const added = { ...decoder, bias: new Float32Array(decoder.bias.length) }
    const programs: HeadProgram[] = []
    for (const [i, head] of this.layers.entries()) {
      programs.push(await open({ head, decoder: i === 0 ? decoder : added }))
    }
    this.programs = programs
  }

  /**
   * Has an expression head read what is found in patches.
   *
   * @throws {WeightFileError} if this head looks at none.
   */
  readExpressions(expressions: ExpressionHead): void {
    if (!this.patchFit) {
      throw new WeightFileError(
        'The expression head needs a dense head that looks at patches of mouth and eyes, but this one looks at none. Use the dense head that it was trained on.',
      )
    }
    this.expressions = expressions
  }

  async release(): Promise<void> {
    await Promise.all(this.programs?.map((program) => program.release?.()) ?? [])
  }

  /**
   * What the head says of each candidate.
   *
   * @param candidates in network pixels
   * @param maps the network's tensors of {@link tensors}, from the same run
   * @throws {ModelMismatchError} if a tensor is missing or of another size.
   */
  async evaluate(candidates: readonly Candidate[], maps: FeatureMaps): Promise<HeadReading[]> {
    const { own, grids } = this.architecture.inputs
    for (const tensor of Object.values(own.tensors)) expectMap(maps, tensor, own.channels, reader)
    for (const { tensor, channels } of grids) expectMap(maps, tensor, channels, reader)
    this.programs ??= this.layers.map((layers) => headProgram(layers, this.backend))
    // Both may be others when a further stage is opened meanwhile.
    const { programs, expressions } = this
    const rows = programs.map(({ inputs }) => inputs.length)
    const batchSize = Math.min(...rows, expressions?.batchSize ?? rows[0]!)
    const readings: HeadReading[] = []
    for (let first = 0; first < candidates.length; first += batchSize) {
      const batch = candidates.slice(first, first + batchSize)
      readings.push(...(await this.evaluateBatch(batch, maps, programs, expressions)))
    }
    return readings
  }

  private async evaluateBatch(
    batch: readonly Candidate[],
    maps: FeatureMaps,
    [first, ...refinements]: readonly HeadProgram[],
    expressions: ExpressionHead | undefined,
  ): Promise<HeadReading[]> {
    const { frontalLandmarks } = this.architecture.inputs
    const faces = batch.map((candidate) => {
      const frame = faceFrame(candidate, frontalLandmarks)
      return { candidate, frame, offset: offsetInFrame(candidate, frame) }
    })
    faces.forEach((face, i) => {
      this.writeInput(face, maps, first!.inputs[i]!)
    })
    const answer = copiedOutputs(await first!.run(batch.length))
    for (const { inputs, run } of refinements) {
      faces.forEach((face, i) => {
        this.writeRefinementInput(face, answer.outputs[i]!, maps, inputs[i]!)
      })
      addOutputs(answer, await run(batch.length))
    }
    faces.forEach((face, i) => {
      this.lookAtPatches(i, face, answer.outputs[i]!, maps, expressions)
    })
    const shown = await expressions?.run(faces.length)
    return faces.map((face, i) => ({
      parameters: this.readOutput(face, answer.outputs[i]!),
      ...(answer.coarse ? { coarse: answer.coarse[i]! } : {}),
      ...(shown ? { expression: shown[i]! } : {}),
    }))
  }

  private lookAtPatches(
    i: number,
    { candidate, frame, offset }: FramedFace,
    raw: Float32Array,
    maps: FeatureMaps,
    expressions: ExpressionHead | undefined,
  ): void {
    const { patchFit } = this
    const { outputs } = this.architecture
    if (!patchFit || (!expressions && patchFit.isSmall(frame))) return
    const landmarks = patchFit.refine(raw, offset, frame, maps)
    expressions?.take(i, { candidate, frame, offset, answer: raw, landmarks, outputs })
  }

  private writeInput(
    { candidate, frame }: FramedFace,
    maps: FeatureMaps,
    input: Float32Array,
  ): void {
    const { own, anchorKinds } = this.architecture.inputs
    const { anchor } = candidate
    const geometry = writeGeometry(candidate, frame, anchorKinds, input)
    const at = readCell(maps.get(own.tensors[anchor.stride]!)!, anchor, input, geometry)
    readGrids(this.architecture.inputs.grids, this.grid, frame, maps, input, at)
  }

  private writeRefinementInput(
    { candidate, frame, offset }: FramedFace,
    raw: Float32Array,
    maps: FeatureMaps,
    input: Float32Array,
  ): void {
    const { inputs, outputs } = this.architecture
    const at = writeGeometry(candidate, frame, inputs.anchorKinds, input)
    const count = outputCount(outputs)
    input.set(raw.subarray(0, count), at)
    this.meshPoints!.write(raw, offset, outputs, this.moved.points)
    readGrids(inputs.grids, this.moved, frame, maps, input, at + count)
  }

  private readOutput({ candidate, frame, offset }: FramedFace, raw: Float32Array): FaceParameters {
    const { latent, light, camera } = this.architecture.outputs
    const { anchor } = candidate
    const illumination = new Float32Array(light.neutral)
    for (let i = 0; i < 9; i++) illumination[i]! += light.step[i]! * raw[latent + 7 + i]!
    return {
      latent: raw.slice(0, latent),
      camera: cameraOfHead(raw.subarray(latent), frame, anchor.size, offset, camera),
      light: illumination,
    }
  }
}

interface FramedFace {
  readonly candidate: Candidate
  readonly frame: FaceFrame
  /** From the anchor's centre to the face's, in the face's axes, over the face's size. */
  readonly offset: readonly [number, number]
}

function offsetInFrame({ anchor }: Candidate, frame: FaceFrame): readonly [number, number] {
  const [x, y] = offsetFromAnchor(anchor, frame)
  return [x / frame.size, y / frame.size]
}
