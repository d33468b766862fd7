import { type Convolution, readFoldedLayers, stack } from './folded-layers.ts'

/** One step of the detector: its tensors have the names of the original network's activations. */
export type DetectorStep =
  /** Convolution, then max(0, x). */
  | {
      readonly kind: 'convolution'
      readonly input: string
      readonly layer: Convolution
      readonly output: string
    }
  /** `large` plus `small` in twice its size, each value four times. */
  | {
      readonly kind: 'add'
      readonly large: string
      readonly small: string
      readonly output: string
    }
  /** Channels one after the other. */
  | { readonly kind: 'concat'; readonly inputs: readonly string[]; readonly output: string }
  /** 1×1 convolution to a cell's 30 predictions, which are an output of the network. */
  | {
      readonly kind: 'head'
      readonly input: string
      readonly layer: Convolution
      readonly output: string
    }

/** Convolution, plus a tensor of its output's shape, then max(0, x). The original has none. */
export interface ResidualStep {
  readonly kind: 'residual'
  readonly input: string
  readonly layer: Convolution
  readonly plus: string
  readonly output: string
}

/** Strides of the heads, as the original network has them. */
export const STRIDES = [32, 16, 8] as const

/** Name of a level's output. */
export function headName(stride: number): string {
  return `face_rpn_stride${stride}`
}

/** Name of a level's context features. */
export function featureName(stride: number): string {
  return `rf_head_stride${stride}_concat_relu`
}

/**
 * InsightFace's RetinaFace with MobileNet-0.25 without batch normalisation, softmax and crops.
 *
 * The input of the first step, `samples`, is each sample minus 127.5; the division by 128 is in the
 * first weights. The original crops what it enlarged to the size of the finer map, which for
 * inputs of a multiple of 32 changes nothing.
 */
export function detectorSteps(model: Uint8Array): DetectorStep[] {
  const layer = readFoldedLayers(model)
  const convolution = (name: string, input: string, output: string): DetectorStep => ({
    kind: 'convolution',
    input,
    layer: layer(name),
    output,
  })
  return [
    ...backbone(layer),
    convolution('rf_c3_lateral', 'conv_final_relu', 'rf_c3_lateral_relu'),
    ...context(layer, 32, 'rf_c3_lateral_relu'),
    convolution('rf_c2_lateral', 'conv_12_relu', 'rf_c2_lateral_relu'),
    { kind: 'add', large: 'rf_c2_lateral_relu', small: 'rf_c3_lateral_relu', output: '_plus0' },
    convolution('rf_c2_aggr', '_plus0', 'rf_c2_aggr_relu'),
    ...context(layer, 16, 'rf_c2_aggr_relu'),
    convolution('rf_c1_red_conv', 'conv_6_relu', 'rf_c1_red_conv_relu'),
    { kind: 'add', large: 'rf_c1_red_conv_relu', small: 'rf_c2_aggr_relu', output: '_plus1' },
    convolution('rf_c1_aggr', '_plus1', 'rf_c1_aggr_relu'),
    ...context(layer, 8, 'rf_c1_aggr_relu'),
  ]
}

type Layers = (name: string) => Convolution

/** The backbone alone, up to the maps `conv_6_relu`, `conv_12_relu` and `conv_final_relu`. */
export function backboneSteps(model: Uint8Array): DetectorStep[] {
  return backbone(readFoldedLayers(model))
}

function backbone(layer: Layers): DetectorStep[] {
  const separable = Array.from({ length: 12 }, (_, i) => [`conv_${i + 3}_dw`, `conv_${i + 3}`])
  const names = ['conv_1', 'conv_2', ...separable.flat(), 'conv_final']
  return names.map((name, i) => {
    const whole = layer(`${name}_conv2d`)
    return {
      kind: 'convolution',
      input: i === 0 ? 'samples' : `${names[i - 1]}_relu`,
      layer: i === 0 ? { ...whole, weight: whole.weight.map((value) => value / 128) } : whole,
      output: `${name}_relu`,
    }
  })
}

/** The context module of a level and its head. */
function context(layer: Layers, stride: number, input: string): DetectorStep[] {
  const name = (part: string) => `rf_head_stride${stride}_${part}`
  const part = (from: string, to: string): DetectorStep => ({
    kind: 'convolution',
    input: from,
    layer: layer(name(to)),
    output: name(`${to}_relu`),
  })
  const parts = ['conv1', 'context_conv2', 'context_conv3_2'].map((to) => name(`${to}_relu`))
  return [
    part(input, 'conv1'),
    part(input, 'context_conv1'),
    part(name('context_conv1_relu'), 'context_conv2'),
    part(name('context_conv1_relu'), 'context_conv3_1'),
    part(name('context_conv3_1_relu'), 'context_conv3_2'),
    { kind: 'concat', inputs: parts, output: featureName(stride) },
    {
      kind: 'head',
      input: featureName(stride),
      layer: head(layer, stride),
      output: headName(stride),
    },
  ]
}

/** Log-odds of both anchors, their boxes and landmarks, from one convolution. */
function head(layer: Layers, stride: number): Convolution {
  const predictions = ['bbox', 'landmark'].map((kind) =>
    layer(`face_rpn_${kind}_pred_stride${stride}`),
  )
  return stack([logOdds(layer(`face_rpn_cls_score_stride${stride}`)), ...predictions])
}

/** Scores of no face and of a face go through a softmax, so only their difference counts. */
function logOdds({ weight, bias, ...layer }: Convolution): Convolution {
  const [, inputs] = layer.dims
  const anchors = bias.length / 2
  const difference = (values: Float64Array, each: number) =>
    values.slice(anchors * each).map((face, i) => face - values[i]!)
  return {
    ...layer,
    dims: [anchors, inputs, 1, 1],
    weight: difference(weight, inputs),
    bias: difference(bias, 1),
  }
}
