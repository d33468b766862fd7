import { type FaceParameters, type KernelBackend, readTensorFile } from '@retinaface/mesh-decoder'
import type { Candidate } from '../decode/decode-candidates.ts'
import { ModelMismatchError } from '../errors/retinaface-error.ts'
import { type FaceFrame, faceFrame } from './face-frame.ts'
import type { FeatureMap } from './feature-map.ts'
import { type HeadArchitecture, readHeadArchitecture } from './head-architecture.ts'
import { cameraOfHead } from './head-camera.ts'
import { offsetFromAnchor, writeGeometry } from './head-geometry.ts'
import { readHeadLayers } from './head-layers.ts'
import { BATCH, type HeadProgram, headProgram } from './head-program.ts'

/**
 * The dense regression branch (arXiv 1905.00641, section 3.2), run at kept anchors only.
 *
 * It reads the context features of the face's own anchor and finer feature maps on a grid over the
 * face, and gives P_ST, P_cam and P_ill. Its cost grows with the number of faces, not with the
 * picture.
 */
export class DenseHead {
  private readonly architecture: HeadArchitecture
  private readonly program: HeadProgram

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readHeadArchitecture(file)
    const layers = readHeadLayers(file, this.architecture)
    this.program = headProgram(this.architecture, layers, backend)
  }

  /** The network's tensors that the head reads besides the context features. */
  get tensors(): readonly string[] {
    return this.architecture.inputs.grids.map(({ tensor }) => tensor)
  }

  /**
   * P_ST, P_cam and P_ill of each candidate, relative to its anchor.
   *
   * @param candidates in network pixels, with their features
   * @param maps the network's tensors of {@link tensors}, from the same run
   * @throws {ModelMismatchError} if features or a tensor are missing or of another size.
   */
  evaluate(
    candidates: readonly Candidate[],
    maps: ReadonlyMap<string, FeatureMap>,
  ): FaceParameters[] {
    const gridMaps = this.tensors.map((tensor, i) => this.mapOf(tensor, i, maps))
    const parameters: FaceParameters[] = []
    for (let first = 0; first < candidates.length; first += BATCH) {
      const batch = candidates.slice(first, first + BATCH)
      const frames = batch.map((candidate, face) => this.writeInput(candidate, gridMaps, face))
      this.program.run(batch.length)
      batch.forEach((candidate, face) => {
        parameters.push(this.readOutput(candidate, frames[face]!, face))
      })
    }
    return parameters
  }

  private mapOf(tensor: string, grid: number, maps: ReadonlyMap<string, FeatureMap>): FeatureMap {
    const map = maps.get(tensor)
    const channels = this.program.channels[grid]
    if (map && map.channels === channels) return map
    throw new ModelMismatchError(
      `The dense head needs a tensor "${tensor}" of ${channels} channels, but the network gives out ${map ? `one of ${map.channels}` : 'none'}. Use the detector that the head was trained on.`,
    )
  }

  private writeInput(candidate: Candidate, maps: readonly FeatureMap[], face: number): FaceFrame {
    const { inputs } = this.architecture
    if (!candidate.features) {
      throw new ModelMismatchError('The dense head needs a network that gives out its features.')
    }
    const frame = faceFrame(candidate, inputs.frontalLandmarks)
    const input = this.program.input(face)
    const geometry = writeGeometry(candidate, frame, inputs.anchorKinds, input)
    input.set(candidate.features, geometry)
    maps.forEach((map, grid) => {
      this.program.readGrid(grid, map, frame, face)
    })
    return frame
  }

  private readOutput({ anchor }: Candidate, frame: FaceFrame, face: number): FaceParameters {
    const { latent, light, camera } = this.architecture.outputs
    const raw = this.program.output(face)
    const [x, y] = offsetFromAnchor(anchor, frame)
    const offset = [x / frame.size, y / frame.size] as const
    return {
      latent: raw.slice(0, latent),
      camera: cameraOfHead(raw.subarray(latent), frame, anchor.size, offset, camera),
      light: Float32Array.from(
        light.neutral,
        (neutral, i) => neutral + light.step[i]! * raw[latent + 7 + i]!,
      ),
    }
  }
}
