import { arrayClassOf } from '../arrays/array-class.ts'
import { ModelMismatchError } from '../errors/detector-errors.ts'
import type { FeatureMap } from './feature-map.ts'
import type { HeadView, LevelOutputs } from './head-outputs.ts'
import {
  type AnchorLevel,
  cellCount,
  type HeadName,
  type ModelConfiguration,
} from './model-configuration.ts'
import type { LevelOutputNames } from './resolve-output-names.ts'
import type { InputSize } from './write-tensor.ts'

/** A tensor as ONNX Runtime gives it out. */
export interface OutputTensor {
  readonly type: string
  readonly data: unknown
  readonly dims: readonly number[]
}

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
  const hasObjectness = configuration.outputs.score.channels === 'class-and-objectness'
  let before = 0
  return grids.map((grid, i) => {
    const name = names[i]!
    const place = { ...grid, before, total }
    const view = (head: HeadName | 'objectness'): HeadView => {
      const { dims, view } = viewOf(configuration, head, place)
      const tensor = name[head] ?? name.score
      return { data: expectTensor(tensors, tensor, dims, configuration.name), ...view }
    }
    const heads = { score: view('score'), box: view('box'), landmarks: view('landmarks') }
    const bound = { ...grid, ...heads, ...(hasObjectness && { objectness: view('objectness') }) }
    before += counts[i]!
    return name.contextFeatures === undefined
      ? bound
      : {
          ...bound,
          contextFeatures: bindFeatures(tensors, name.contextFeatures, grid, configuration.name),
        }
  })
}

/** A level of the pyramid, and where its anchors stand among those of all levels. */
interface Place {
  readonly level: AnchorLevel
  readonly rows: number
  readonly columns: number
  readonly before: number
  readonly total: number
}

/** The shape of a head's tensor, and where its first component lies in it. */
function viewOf(
  { outputs: { layout, score, names } }: ModelConfiguration,
  head: HeadName | 'objectness',
  { level, rows, columns, before, total }: Place,
): { dims: number[]; view: Omit<HeadView, 'data'> } {
  const anchors = level.sizes.length
  const cells = rows * columns
  const isScore = head === 'score' || head === 'objectness'
  const scores = score.channels === 'face' || names.objectness !== undefined ? 1 : 2
  const k = { score: scores, objectness: scores, box: 4, landmarks: 10 }[head]
  const second = head === 'objectness' || score.channels === 'background-and-face'
  const component = isScore && scores === 2 && second ? 1 : 0
  if (layout === 'maps') {
    // Scores of all anchors lie together; boxes and landmarks go anchor by anchor.
    const start = component * anchors * cells
    const anchorStep = isScore ? cells : k * cells
    const view = { start, anchorStep, cellStep: 1, componentStep: cells }
    return { dims: [1, anchors * k, rows, columns], view }
  }
  if (layout === 'cells') {
    const cellStep = anchors * (scores + 4 + 10)
    const firsts = { score: component, objectness: component, box: scores, landmarks: scores + 4 }
    const start = firsts[head] * anchors
    const view = { start, anchorStep: isScore ? 1 : k, cellStep, componentStep: 1 }
    return { dims: [1, rows, columns, cellStep], view }
  }
  const isFlat = layout === 'flat'
  const start = (isFlat ? before * k : 0) + component
  const view = { start, anchorStep: k, cellStep: k * anchors, componentStep: 1 }
  return { dims: [1, isFlat ? total : cells * anchors, k], view }
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
  if (isBytes(input.data)) {
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
  if (!isFloats(tensor.data) || tensor.dims.join() !== dims.join()) {
    throw new ModelMismatchError(
      `Output "${name}" does not fit the configuration "${model}": expected float32 [${dims.join(', ')}] but received ${tensor.type} [${tensor.dims.join(', ')}]. Check levels, anchor sizes and layout.`,
    )
  }
  return tensor.data
}

function isBytes(data: unknown): data is Uint8Array {
  return arrayClassOf(data) === 'Uint8Array'
}

function isFloats(data: unknown): data is Float32Array {
  return arrayClassOf(data) === 'Float32Array'
}
