import { ModelMismatchError } from '../errors/retinaface-error.ts'
import type { FeatureMap } from './feature-map.ts'
import type { HeadView, LevelOutputs } from './head-outputs.ts'
import { cellCount, type HeadName, type ModelConfiguration } from './model-configuration.ts'
import type { LevelOutputNames } from './resolve-output-names.ts'
import type { InputSize } from './write-tensor.ts'

/** A tensor as ONNX Runtime gives it out. */
export interface OutputTensor {
  readonly type: string
  readonly data: unknown
  readonly dims: readonly number[]
}

const componentCount: Record<HeadName, number> = { score: 2, box: 4, landmarks: 10 }
// In the layout `cells`: log-odds, box and landmarks of an anchor.
const cellComponents = 1 + 4 + 10

/**
 * Lays a configuration over the tensors of one run.
 *
 * @throws {ModelMismatchError} when a tensor is missing, not float32 or of another shape.
 */
export function bindOutputs(
  configuration: ModelConfiguration,
  names: readonly LevelOutputNames[],
  size: InputSize,
  tensors: Readonly<Record<string, OutputTensor>>,
): LevelOutputs[] {
  const grids = configuration.levels.map((level) => ({
    level,
    rows: cellCount(size.height, level.stride),
    columns: cellCount(size.width, level.stride),
  }))
  const counts = grids.map(({ level, rows, columns }) => rows * columns * level.sizes.length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  let before = 0
  return grids.map((grid, i) => {
    const name = names[i]!
    const anchors = grid.level.sizes.length
    const { layout } = configuration.outputs
    const view = (head: HeadName): HeadView => {
      const k = componentCount[head]
      const dims = {
        flat: [1, total, k],
        maps: [1, anchors * k, grid.rows, grid.columns],
        cells: [1, grid.rows, grid.columns, anchors * cellComponents],
      }[layout]
      const data = expectTensor(tensors, name[head], dims, configuration.name)
      if (layout === 'flat') return flatView(data, head, before, anchors, k)
      if (layout === 'cells') return cellView(data, head, anchors)
      return mapView(data, head, grid.rows * grid.columns, anchors, k)
    }
    const bound = { ...grid, score: view('score'), box: view('box'), landmarks: view('landmarks') }
    before += counts[i]!
    return name.features === undefined
      ? bound
      : { ...bound, features: bindFeatures(tensors, name.features, grid, configuration.name) }
  })
}

function flatView(
  data: Float32Array,
  head: HeadName,
  before: number,
  anchors: number,
  components: number,
): HeadView {
  return {
    data,
    start: before * components + (head === 'score' ? 1 : 0),
    anchorStep: components,
    cellStep: components * anchors,
    componentStep: 1,
  }
}

function cellView(data: Float32Array, head: HeadName, anchors: number): HeadView {
  return {
    data,
    start: { score: 0, box: anchors, landmarks: 5 * anchors }[head],
    anchorStep: { score: 1, box: 4, landmarks: 10 }[head],
    cellStep: cellComponents * anchors,
    componentStep: 1,
  }
}

function mapView(
  data: Float32Array,
  head: HeadName,
  cells: number,
  anchors: number,
  components: number,
): HeadView {
  const isScore = head === 'score'
  return {
    data,
    start: isScore ? anchors * cells : 0,
    anchorStep: isScore ? cells : components * cells,
    cellStep: 1,
    componentStep: cells,
  }
}

function bindFeatures(
  tensors: Readonly<Record<string, OutputTensor>>,
  name: string,
  { rows, columns }: { rows: number; columns: number },
  model: string,
): { data: Float32Array; channels: number } {
  const channels = tensors[name]?.dims[1] ?? 0
  return { data: expectTensor(tensors, name, [1, channels, rows, columns], model), channels }
}

/**
 * A feature map of one run: an output `1×rows×columns×channels`.
 *
 * @throws {ModelMismatchError} when it is not float32 with four dimensions.
 */
export function bindMap(tensors: Readonly<Record<string, OutputTensor>>, name: string): FeatureMap {
  const [, rows = 0, columns = 0, channels = 0] = tensors[name]?.dims ?? []
  const data = expectTensor(tensors, name, [1, rows, columns, channels], 'mesh branch')
  return { data, channels, rows, columns, cellStep: channels, channelStep: 1 }
}

/**
 * The network's input as a map: `1×channels×rows×columns` in float32, or `1×rows×columns×3` or `×4` in
 * bytes.
 *
 * @throws {ModelMismatchError} when it is neither.
 */
export function bindInput(input: OutputTensor): FeatureMap {
  if (input.data instanceof Uint8Array) {
    const [, rows = 0, columns = 0, samples = 0] = input.dims
    return { data: input.data, channels: 3, rows, columns, cellStep: samples, channelStep: 1 }
  }
  const [, channels = 0, rows = 0, columns = 0] = input.dims
  const data = expectTensor({ input }, 'input', [1, channels, rows, columns], 'mesh branch')
  return { data, channels, rows, columns, cellStep: 1, channelStep: rows * columns }
}

function expectTensor(
  tensors: Readonly<Record<string, OutputTensor>>,
  name: string,
  dims: readonly number[],
  model: string,
): Float32Array {
  const tensor = tensors[name]
  if (tensor === undefined) {
    throw new ModelMismatchError(
      `The network gave no output "${name}", which the configuration "${model}" names; it gave ${Object.keys(tensors).join(', ')}.`,
    )
  }
  if (!(tensor.data instanceof Float32Array) || tensor.dims.join() !== dims.join()) {
    throw new ModelMismatchError(
      `Output "${name}" does not fit the configuration "${model}": expected float32 [${dims.join(', ')}] but received ${tensor.type} [${tensor.dims.join(', ')}]. Check levels, anchor sizes and layout.`,
    )
  }
  return tensor.data
}
