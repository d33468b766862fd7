import { type FaceParameters, readTensorFile, takeFloats } from '@retinaface/mesh-decoder'
import type { Candidate } from '../decode/decode-candidates.ts'
import { ModelMismatchError } from '../errors/retinaface-error.ts'
import { type FaceFrame, faceFrame } from './face-frame.ts'
import { type FeatureMap, sampleMap } from './feature-map.ts'
import { type HeadArchitecture, type HeadGrid, readHeadArchitecture } from './head-architecture.ts'
import { cameraOfHead } from './head-camera.ts'
import { offsetFromAnchor, writeGeometry } from './head-geometry.ts'
import { applyLinear, foldNormalisation, type LinearLayer } from './linear-layer.ts'

/**
 * The dense regression branch (arXiv 1905.00641, section 3.2), run at kept anchors only.
 *
 * It reads the context features of the face's own anchor and finer feature maps on a grid over the
 * face, and gives P_ST, P_cam and P_ill. Its cost grows with the number of faces, not with the
 * picture.
 */
export class DenseHead {
  private readonly architecture: HeadArchitecture
  private readonly reductions: readonly LinearLayer[]
  private readonly layers: readonly LinearLayer[]
  private readonly input: Float32Array
  private readonly point: Float32Array

  /** @throws {WeightFileError} if the bytes are damaged or of something else. */
  constructor(bytes: Uint8Array) {
    const file = readTensorFile(bytes)
    this.architecture = readHeadArchitecture(file)
    const { geometry, grids } = this.architecture.inputs
    const floats = (name: string, ...shape: (number | string)[]) => takeFloats(file, name, shape)
    const layer = (name: string): LinearLayer => ({
      weight: floats(`${name}.weight`, 'outputs', 'inputs'),
      bias: floats(`${name}.bias`, 'outputs'),
    })
    this.reductions = grids.map(({ tensor }) =>
      foldNormalisation(
        layer(`reduce.${tensor}`),
        floats(`${tensor}.mean`, 'channels'),
        floats(`${tensor}.scale`, 'channels'),
      ),
    )
    const hidden = layer('hidden')
    const inputs = hidden.weight.length / hidden.bias.length
    const mean = new Float32Array(inputs)
    const scale = new Float32Array(inputs).fill(1)
    mean.set(floats('geometry.mean', geometry))
    scale.set(floats('geometry.scale', geometry))
    mean.set(floats('own.mean', 'channels'), geometry)
    scale.set(floats('own.scale', 'channels'), geometry)
    this.layers = [foldNormalisation(hidden, mean, scale), layer('hidden2'), layer('out')]
    this.input = new Float32Array(inputs)
    this.point = new Float32Array(1024)
  }

  /** The network's tensors that the head reads besides the context features. */
  get tensors(): readonly string[] {
    return this.architecture.inputs.grids.map(({ tensor }) => tensor)
  }

  /**
   * P_ST, P_cam and P_ill of one candidate, relative to its anchor.
   *
   * @param candidate in network pixels, with its features
   * @param maps the network's tensors of {@link tensors}, from the same run
   */
  evaluate(candidate: Candidate, maps: ReadonlyMap<string, FeatureMap>): FaceParameters {
    const { inputs, outputs } = this.architecture
    const frame = faceFrame(candidate, inputs.frontalLandmarks)
    this.writeInput(candidate, frame, maps)
    const raw = this.runLayers()
    const [x, y] = offsetFromAnchor(candidate.anchor, frame)
    const { latent, light, camera } = outputs
    const anchorSize = candidate.anchor.size
    const offset = [x / frame.size, y / frame.size] as const
    return {
      latent: raw.slice(0, latent),
      camera: cameraOfHead(raw.subarray(latent), frame, anchorSize, offset, camera),
      light: Float32Array.from(
        light.neutral,
        (neutral, i) => neutral + light.step[i]! * raw[latent + 7 + i]!,
      ),
    }
  }

  private writeInput(
    candidate: Candidate,
    frame: FaceFrame,
    maps: ReadonlyMap<string, FeatureMap>,
  ): void {
    const { inputs } = this.architecture
    if (!candidate.features) {
      throw new ModelMismatchError('The dense head needs a network that gives out its features.')
    }
    let at = writeGeometry(candidate, frame, inputs.anchorKinds, this.input)
    this.input.set(candidate.features, at)
    at += candidate.features.length
    inputs.grids.forEach((grid, i) => {
      const map = maps.get(grid.tensor)
      if (!map) throw new ModelMismatchError(`The network gives out no tensor "${grid.tensor}".`)
      at = this.writeGrid(grid, this.reductions[i]!, map, frame, at)
    })
  }

  private writeGrid(
    { points, stride, channels }: HeadGrid,
    reduction: LinearLayer,
    map: FeatureMap,
    { centreX, centreY, size, cosine, sine }: FaceFrame,
    start: number,
  ): number {
    const step = (size * this.architecture.inputs.extent) / (points - 1)
    const middle = (points - 1) / 2
    let at = start
    for (let row = 0; row < points; row++) {
      const y = (row - middle) * step
      for (let column = 0; column < points; column++, at += channels) {
        const x = (column - middle) * step
        const imageX = centreX + cosine * x - sine * y
        const imageY = centreY + sine * x + cosine * y
        sampleMap(map, imageX / stride, imageY / stride, this.point, 0)
        applyLinear(reduction, true, this.point, 0, this.input, at)
      }
    }
    return at
  }

  private runLayers(): Float32Array {
    return this.layers.reduce((input, layer, i) => {
      const output = new Float32Array(layer.bias.length)
      applyLinear(layer, i < this.layers.length - 1, input, 0, output, 0)
      return output
    }, this.input)
  }
}
