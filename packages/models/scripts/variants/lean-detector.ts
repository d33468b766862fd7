import { readTensorFile, type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import { backboneSteps, type DetectorStep, featureName, headName } from './detector-steps.ts'
import { type Convolution, stack } from './folded-layers.ts'
import { type FloatStep, writeDetector } from './slim-detector.ts'

// The pyramid's levels, the finest first, with the backbone's map of each.
const LEVELS = [
  { stride: 8, map: 'conv_6_relu' },
  { stride: 16, map: 'conv_12_relu' },
  { stride: 32, map: 'conv_final_relu' },
] as const

// Residual blocks on the finest level of the pyramid.
const REFINEMENTS = 2

/**
 * `mnet025`'s backbone with the pyramid, context modules and heads that this project trained
 * (`training/retinaface/detector`): depthwise and pointwise convolutions where the original has plain
 * ones.
 *
 * @param neck the weight file that `retinaface.detector.export_neck` writes
 */
export function leanDetector(model: Uint8Array, neck: Uint8Array): Uint8Array {
  return writeDetector([...backboneSteps(model), ...neckSteps(readTensorFile(neck))])
}

function neckSteps(file: TensorFile): FloatStep[] {
  const [fine, middle, coarse] = LEVELS.map(({ map }, i) => {
    return convolution(file, `pyramid.lateral.${i}`, map)
  }) as [DetectorStep, DetectorStep, DetectorStep]
  const add = (large: DetectorStep, small: string, output: string): DetectorStep => {
    return { kind: 'add', large: large.output, small, output }
  }
  const middleSum = add(middle, coarse.output, 'pyramid.sum.1')
  const middleMap = separable(file, 'pyramid.merge.1', middleSum.output)
  const fineSum = add(fine, outputOf(middleMap), 'pyramid.sum.0')
  const fineMap = separable(file, 'pyramid.merge.0', fineSum.output)
  const refined = refinements(file, outputOf(fineMap))
  const maps = [outputOf(refined), outputOf(middleMap), coarse.output]
  return [
    coarse,
    middle,
    middleSum,
    ...middleMap,
    fine,
    fineSum,
    ...fineMap,
    ...refined,
    ...LEVELS.flatMap(({ stride }, level) => context(file, level, stride, maps[level]!)),
  ]
}

/** Blocks of two convolutions, each added to what it reads. */
function refinements(file: TensorFile, input: string): FloatStep[] {
  const steps: FloatStep[] = []
  for (const block of Array.from({ length: REFINEMENTS }, (_, i) => `pyramid.refine.${i}`)) {
    const plus = steps.at(-1)?.output ?? input
    const depthwise = convolution(file, `${block}.depthwise`, plus)
    const output = `${block}.pointwise`
    steps.push(depthwise, {
      kind: 'residual',
      input: depthwise.output,
      layer: layerOf(file, output),
      plus,
      output,
    })
  }
  return steps
}

/** The context module of a level and its head. */
function context(file: TensorFile, level: number, stride: number, input: string): DetectorStep[] {
  const part = (name: string, from: string) => separable(file, `context.${level}.${name}`, from)
  const near = part('near', input)
  const step = part('step', input)
  const middle = part('middle', outputOf(step))
  const further = part('further', outputOf(step))
  const far = part('far', outputOf(further))
  const features = featureName(stride)
  const heads = ['score', 'box', 'points'].map((name) => layerOf(file, `heads.${level}.${name}`))
  return [
    ...[near, step, middle, further, far].flat(),
    { kind: 'concat', inputs: [near, middle, far].map(outputOf), output: features },
    { kind: 'head', input: features, layer: stack(heads), output: headName(stride) },
  ]
}

/** A depthwise 3×3 convolution and a pointwise one. */
function separable(file: TensorFile, name: string, input: string): DetectorStep[] {
  const depthwise = convolution(file, `${name}.depthwise`, input)
  return [depthwise, convolution(file, `${name}.pointwise`, depthwise.output)]
}

function convolution(file: TensorFile, name: string, input: string): DetectorStep {
  return { kind: 'convolution', input, layer: layerOf(file, name), output: name }
}

function layerOf(file: TensorFile, name: string): Convolution {
  const dims = file.tensors.get(`${name}.weight`)?.shape as Convolution['dims'] | undefined
  if (!dims) throw new Error(`The neck's weight file has no ${name}.weight.`)
  const weight = Float64Array.from(takeFloats(file, `${name}.weight`, dims))
  const bias = Float64Array.from(takeFloats(file, `${name}.bias`, [dims[0]]))
  const groups = name.endsWith('depthwise') ? dims[0] : 1
  return { dims, weight, bias, stride: 1, groups }
}

function outputOf(steps: readonly FloatStep[]): string {
  return steps.at(-1)!.output
}
