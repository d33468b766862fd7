import { type NewNode, type TensorData, writeModel } from '../../src/onnx-writer.ts'
import {
  type DetectorStep,
  detectorSteps,
  featureName,
  headName,
  type ResidualStep,
  STRIDES,
} from './detector-steps.ts'

/**
 * The detector in float32 with fewer steps: batch norms folded into convolutions, the three heads of
 * a level one convolution, no softmax, no crops.
 *
 * It takes what the original takes and gives each level's predictions as `1×rows×columns×30` and its
 * context features.
 */
export function slimDetector(model: Uint8Array): Uint8Array {
  return writeDetector(detectorSteps(model))
}

/** What a detector in float32 can be made of. */
export type FloatStep = DetectorStep | ResidualStep

/** Writes a detector of these steps as ONNX, in float32. */
export function writeDetector(steps: readonly FloatStep[]): Uint8Array {
  const writer = new SlimWriter()
  for (const step of steps) writer.add(step)
  return writeModel({
    nodes: writer.nodes,
    weights: writer.weights,
    inputs: [{ name: 'data', dims: [1, 3, 'height', 'width'] }],
    outputs: [
      ...STRIDES.map((stride) => ({
        name: headName(stride),
        dims: [1, `rows${stride}`, `columns${stride}`, 30],
      })),
      ...STRIDES.map((stride) => ({
        name: featureName(stride),
        dims: [1, 64, `rows${stride}`, `columns${stride}`],
      })),
    ],
    operatorSets: { '': 12 },
  })
}

class SlimWriter {
  readonly nodes: NewNode[] = []
  readonly weights = new Map<string, { dims: readonly number[]; data: TensorData }>([
    ['mean', { dims: [], data: Float32Array.of(127.5) }],
    ['no_region', { dims: [0], data: new Float32Array(0) }],
    ['twice', { dims: [4], data: Float32Array.of(1, 1, 2, 2) }],
  ])

  constructor() {
    this.node('Sub', ['data', 'mean'], 'samples')
  }

  add(step: FloatStep): void {
    if (step.kind === 'convolution') {
      this.convolve(step, `${step.output}_linear`)
      this.node('Relu', [`${step.output}_linear`], step.output)
    } else if (step.kind === 'residual') {
      this.convolve(step, `${step.output}_linear`)
      this.node('Add', [`${step.output}_linear`, step.plus], `${step.output}_sum`)
      this.node('Relu', [`${step.output}_sum`], step.output)
    } else if (step.kind === 'head') {
      this.convolve(step, `${step.output}_planar`)
      this.node('Transpose', [`${step.output}_planar`], step.output, { perm: [0, 2, 3, 1] })
    } else if (step.kind === 'concat') {
      this.node('Concat', step.inputs, step.output, { axis: 1 })
    } else {
      this.node('Resize', [step.small, 'no_region', 'twice'], `${step.output}_enlarged`, {
        coordinate_transformation_mode: 'asymmetric',
        mode: 'nearest',
        nearest_mode: 'floor',
      })
      this.node('Add', [step.large, `${step.output}_enlarged`], step.output)
    }
  }

  private convolve(
    { input, layer, output }: Extract<FloatStep, { layer: unknown }>,
    linear: string,
  ): void {
    const [outputs, , rows, columns] = layer.dims
    this.weights.set(`${output}_weight`, {
      dims: layer.dims,
      data: Float32Array.from(layer.weight),
    })
    this.weights.set(`${output}_bias`, { dims: [outputs], data: Float32Array.from(layer.bias) })
    const padding = (rows - 1) / 2
    this.node('Conv', [input, `${output}_weight`, `${output}_bias`], linear, {
      kernel_shape: [rows, columns],
      pads: [padding, padding, padding, padding],
      strides: [layer.stride, layer.stride],
      group: layer.groups,
    })
  }

  private node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: NewNode['attributes'] = {},
  ): void {
    this.nodes.push({ operator, inputs, outputs: [output], attributes })
  }
}
