import { type FaceParameters, type KernelBackend, readTensorFile } from '@retinaface/mesh-decoder'
import type { Candidate } from '../decode/decode-candidates.ts'
import { ModelMismatchError } from '../errors/retinaface-error.ts'
import { type FaceFrame, faceFrame } from './face-frame.ts'
import type { FeatureMap } from './feature-map.ts'
import { GridPoints } from './grid-points.ts'
import { type HeadArchitecture, readHeadArchitecture } from './head-architecture.ts'
import { cameraOfHead } from './head-camera.ts'
import { offsetFromAnchor, writeGeometry } from './head-geometry.ts'
import { readHeadLayers } from './head-layers.ts'
import { BATCH, type HeadProgram, headProgram } from './head-program.ts'

/**
 * The dense regression branch (arXiv 1905.00641, section 3.2), run at kept anchors only.
 *
 * It reads context features at the face's own anchor and finer maps on a grid over the face, all
 * reduced to few channels by the network, and gives P_ST, P_cam and P_ill. Its cost grows with the
 * number of faces, not with the picture.
 */
export class DenseHead {
  private readonly architecture: HeadArchitecture
  private readonly program: HeadProgram
  private readonly grid: GridPoints

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readHeadArchitecture(file)
    this.program = headProgram(readHeadLayers(file, this.architecture), backend)
    this.grid = new GridPoints(this.architecture.inputs.points)
  }

  /** The network's tensors that the head reads. */
  get tensors(): readonly string[] {
    const { own, grids } = this.architecture.inputs
    return [...Object.values(own.tensors), ...grids.map(({ tensor }) => tensor)]
  }

  /**
   * P_ST, P_cam and P_ill of each candidate, relative to its anchor.
   *
   * @param candidates in network pixels
   * @param maps the network's tensors of {@link tensors}, from the same run
   * @throws {ModelMismatchError} if a tensor is missing or of another size.
   */
  evaluate(
    candidates: readonly Candidate[],
    maps: ReadonlyMap<string, FeatureMap>,
  ): FaceParameters[] {
    const { own, grids } = this.architecture.inputs
    for (const tensor of Object.values(own.tensors)) expectMap(maps, tensor, own.channels)
    for (const { tensor, channels } of grids) expectMap(maps, tensor, channels)
    const parameters: FaceParameters[] = []
    for (let first = 0; first < candidates.length; first += BATCH) {
      const batch = candidates.slice(first, first + BATCH)
      const frames = batch.map((candidate, face) => this.writeInput(candidate, maps, face))
      this.program.run(batch.length)
      batch.forEach((candidate, face) => {
        parameters.push(this.readOutput(candidate, frames[face]!, face))
      })
    }
    return parameters
  }

  private writeInput(
    candidate: Candidate,
    maps: ReadonlyMap<string, FeatureMap>,
    face: number,
  ): FaceFrame {
    const { own, points, grids, anchorKinds, frontalLandmarks } = this.architecture.inputs
    const frame = faceFrame(candidate, frontalLandmarks)
    const input = this.program.inputs[face]!
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

  private readOutput({ anchor }: Candidate, frame: FaceFrame, face: number): FaceParameters {
    const { latent, light, camera } = this.architecture.outputs
    const raw = this.program.outputs[face]!
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
