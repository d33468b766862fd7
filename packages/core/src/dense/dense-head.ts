import { type FaceParameters, type KernelBackend, readTensorFile } from '@retinaface/mesh-decoder'
import type { Candidate } from '../candidates/decode-candidates.ts'
import { ModelMismatchError } from '../errors/retinaface-error.ts'
import type { FeatureMap } from '../network/feature-map.ts'
import { type FaceFrame, faceFrame } from './face-frame.ts'
import { GridPoints } from './grid-points.ts'
import { type HeadArchitecture, readHeadArchitecture } from './head-architecture.ts'
import { cameraOfHead } from './head-camera.ts'
import { offsetFromAnchor, writeGeometry } from './head-geometry.ts'
import { readHeadLayers } from './head-layers.ts'
import { type HeadProgram, headProgram } from './head-program.ts'
import type { LinearLayer } from './linear-layer.ts'

/** What the dense head says of a face. */
export interface HeadReading {
  /** P_ST, P_cam and P_ill, relative to the anchor. */
  readonly parameters: FaceParameters
  /** What the mesh decoder's first layer makes of the latent, where it was run along. */
  readonly coarse?: Float32Array
}

/** The dense layers of a mesh branch, in which most of its arithmetic is. */
export interface DenseLayers {
  /** From inputs to outputs; a ReLU follows each but the last. */
  readonly head: readonly LinearLayer[]
  /** The mesh decoder's first: it takes the first of the head's outputs. */
  readonly decoder: LinearLayer
}

/** Makes dense layers ready to run on something faster than WebAssembly. */
export type OpenDenseLayers = (layers: DenseLayers) => Promise<HeadProgram>

/**
 * The dense regression branch (arXiv 1905.00641, section 3.2), run at kept anchors only.
 *
 * It reads context features at the face's own anchor and finer maps on a grid over the face, all
 * reduced to few channels by the network, and gives P_ST, P_cam and P_ill. Its cost grows with the
 * number of faces, not with the picture.
 */
export class DenseHead {
  private readonly architecture: HeadArchitecture
  private readonly layers: readonly LinearLayer[]
  private readonly backend: KernelBackend | undefined
  private readonly grid: GridPoints
  private program: HeadProgram | undefined

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readHeadArchitecture(file)
    this.layers = readHeadLayers(file, this.architecture)
    this.backend = backend
    this.grid = new GridPoints(this.architecture.inputs.points)
  }

  /** The network's tensors that the head reads. */
  get tensors(): readonly string[] {
    const { own, grids } = this.architecture.inputs
    return [...Object.values(own.tensors), ...grids.map(({ tensor }) => tensor)]
  }

  /** Has the layers run by something else, and the mesh decoder's first along with them. */
  async runOn(open: OpenDenseLayers, decoder: LinearLayer): Promise<void> {
    this.program = await open({ head: this.layers, decoder })
  }

  async release(): Promise<void> {
    await this.program?.release?.()
  }

  /**
   * What the head says of each candidate.
   *
   * @param candidates in network pixels
   * @param maps the network's tensors of {@link tensors}, from the same run
   * @throws {ModelMismatchError} if a tensor is missing or of another size.
   */
  async evaluate(
    candidates: readonly Candidate[],
    maps: ReadonlyMap<string, FeatureMap>,
  ): Promise<HeadReading[]> {
    const { own, grids } = this.architecture.inputs
    for (const tensor of Object.values(own.tensors)) expectMap(maps, tensor, own.channels)
    for (const { tensor, channels } of grids) expectMap(maps, tensor, channels)
    this.program ??= headProgram(this.layers, this.backend)
    const { inputs } = this.program
    const readings: HeadReading[] = []
    for (let first = 0; first < candidates.length; first += inputs.length) {
      const batch = candidates.slice(first, first + inputs.length)
      const frames = batch.map((candidate, i) => this.writeInput(candidate, maps, inputs[i]!))
      const { outputs, coarse } = await this.program.run(batch.length)
      batch.forEach((candidate, i) => {
        const parameters = this.readOutput(candidate, frames[i]!, outputs[i]!)
        readings.push(coarse ? { parameters, coarse: coarse[i]! } : { parameters })
      })
    }
    return readings
  }

  private writeInput(
    candidate: Candidate,
    maps: ReadonlyMap<string, FeatureMap>,
    input: Float32Array,
  ): FaceFrame {
    const { own, points, grids, anchorKinds, frontalLandmarks } = this.architecture.inputs
    const frame = faceFrame(candidate, frontalLandmarks)
    const { anchor } = candidate
    let at = writeGeometry(candidate, frame, anchorKinds, input)
    at = writeCell(maps.get(own.tensors[anchor.stride]!)!, anchor, input, at)
    this.grid.layOver(frame)
    for (const { tensor, stride, channels, activation } of grids) {
      this.grid.read(maps.get(tensor)!, stride, activation === 'relu', input, at)
      at += points.length * channels
    }
    return frame
  }

  private readOutput({ anchor }: Candidate, frame: FaceFrame, raw: Float32Array): FaceParameters {
    const { latent, light, camera } = this.architecture.outputs
    const [x, y] = offsetFromAnchor(anchor, frame)
    const offset = [x / frame.size, y / frame.size] as const
    const illumination = new Float32Array(light.neutral)
    for (let i = 0; i < 9; i++) illumination[i]! += light.step[i]! * raw[latent + 7 + i]!
    return {
      latent: raw.slice(0, latent),
      camera: cameraOfHead(raw.subarray(latent), frame, anchor.size, offset, camera),
      light: illumination,
    }
  }
}

function expectMap(maps: ReadonlyMap<string, FeatureMap>, tensor: string, channels: number): void {
  const map = maps.get(tensor)
  if (map?.channels === channels) return
  throw new ModelMismatchError(
    `The dense head needs a tensor "${tensor}" of ${channels} channels, but the network gives out ${map ? `one of ${map.channels}` : 'none'}. Use the detector that the head was trained on.`,
  )
}

/** Writes every channel of the anchor's own cell and returns where the next number goes. */
function writeCell(
  { data, channels, columns, cellStep, channelStep }: FeatureMap,
  { row, column }: Candidate['anchor'],
  dst: Float32Array,
  start: number,
): number {
  const cell = (row * columns + column) * cellStep
  for (let channel = 0; channel < channels; channel++) {
    dst[start + channel] = data[cell + channel * channelStep]!
  }
  return start + channels
}
