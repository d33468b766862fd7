import { readTensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import { describe, expect, test } from 'vitest'
import { DenseHead } from '../../src/dense/dense-head.ts'
import { ExpressionHead } from '../../src/dense/expression-head.ts'
import { type HeadProgram, headProgram } from '../../src/dense/head-program.ts'
import { EXPRESSION_NAMES, type ExpressionName } from '../../src/face/face-expression.ts'
import { candidateOf, expectNear, type GoldenFace, mapsOf, read } from './golden-faces.ts'

interface Golden {
  readonly white?: number
  readonly faces: readonly GoldenFace[]
  /** Not limited to 0..1. */
  readonly coefficients: number[][]
  readonly irises: number[][][]
  readonly gaze: number[][]
}

const weights = read('packages/models/weights/retinaface-500m-expressions.safetensors')
const headWeights = read('packages/models/weights/retinaface-500m-dense-head.safetensors')
const golden = JSON.parse(
  read('fixtures/retinaface-500m-expressions-golden.json').toString(),
) as Golden
const maps = mapsOf(readTensorFile(headWeights), golden.white)
const candidates = golden.faces.map(candidateOf)
const { coefficients: told, leastHeights } = JSON.parse(
  readTensorFile(weights).metadata.get('architecture')!,
) as {
  coefficients: ExpressionName[]
  leastHeights: Partial<Record<ExpressionName, number>>
}

describe.each(['wasm-simd', 'javascript'] as const)('ExpressionHead in %s', (backend) => {
  const head = new DenseHead(headWeights, backend)
  head.readExpressions(new ExpressionHead(weights, backend))

  const expectGolden = async (faces: number) => {
    const many = Array.from({ length: faces }, (_, i) => candidates[i % candidates.length]!)
    const readings = await head.evaluate(many, maps)
    expect(readings).toHaveLength(faces)
    for (const [i, { expression }] of readings.entries()) {
      const { expressions, irises, gaze } = expression!
      const face = i % candidates.length
      const limited = golden.coefficients[face]!.map((value) => Math.min(Math.max(value, 0), 1))
      expectNear(
        told.map((name) => expressions[name]),
        limited,
        1e-4,
      )
      expectNear(irises, golden.irises[face]!.flat(), 1e-4)
      expectNear(gaze, golden.gaze[face]!, 1e-3)
    }
  }

  test('gives what PyTorch gives', () => expectGolden(2))

  test('gives the same of many faces as of each', () => expectGolden(41))

  test('reads along with programs that take more faces at once', async () => {
    const wide = new DenseHead(headWeights, backend)
    wide.readExpressions(new ExpressionHead(weights, backend))
    const unused = { weight: new Float32Array(1), bias: new Float32Array(1) }
    await wide.runOn(async ({ head: layers }) => oneByOne(headProgram(layers, backend), 64), unused)
    const many = Array.from({ length: 70 }, (_, i) => candidates[i % candidates.length]!)
    const [few, readings] = [await head.evaluate(candidates, maps), await wide.evaluate(many, maps)]
    for (const [i, { expression }] of readings.entries()) {
      const { expressions } = few[i % candidates.length]!.expression!
      expectNear(Object.values(expression!.expressions), Object.values(expressions), 1e-5)
    }
  })

  test('names all 52, and gives 0 for those that it does not tell', async () => {
    const [reading] = await head.evaluate(candidates, maps)
    const { expressions } = reading!.expression!
    expect(Object.keys(expressions)).toEqual(EXPRESSION_NAMES)
    const silent = EXPRESSION_NAMES.filter((name) => !told.includes(name))
    expect(silent).toHaveLength(7)
    for (const name of silent) expect(expressions[name]).toBe(0)
  })

  test('the smaller a face, the more is uncertain; what is not told always is', async () => {
    const ofHeight = async (height: number) => {
      const [face] = candidates
      const [x1, y1, x2] = face!.box
      const box = Float64Array.of(x1!, y1!, x2!, y1! + height)
      const [reading] = await head.evaluate([{ ...face!, box }], maps)
      return reading!.expression!.uncertain
    }
    const [tiny, small, large] = [await ofHeight(4), await ofHeight(30), await ofHeight(200)]
    expect(tiny).toEqual(EXPRESSION_NAMES)
    expect(small).toEqual(
      EXPRESSION_NAMES.filter((name) => !(name in leastHeights) || leastHeights[name]! > 30),
    )
    expect(small).toContain('mouthPucker')
    expect(small).not.toContain('mouthSmileLeft')
    expect(large).toEqual(EXPRESSION_NAMES.filter((name) => !(name in leastHeights)))
    for (const name of EXPRESSION_NAMES) {
      if (!told.includes(name)) expect(large).toContain(name)
    }
  })

  test('leaves what meshes are made of as it was', async () => {
    const alone = await new DenseHead(headWeights, backend).evaluate(candidates, maps)
    const readings = await head.evaluate(candidates, maps)
    expect(readings.map(({ parameters }) => parameters)).toEqual(
      alone.map(({ parameters }) => parameters),
    )
    expect(alone[0]).not.toHaveProperty('expression')
  })
})

/** A program for `count` faces at once, which runs another face by face. */
function oneByOne(program: HeadProgram, count: number): HeadProgram {
  const inputs = Array.from({ length: count }, () => new Float32Array(program.inputs[0]!.length))
  return {
    inputs,
    run: async (faces) => {
      const outputs: Float32Array[] = []
      for (const input of inputs.slice(0, faces)) {
        program.inputs[0]!.set(input)
        outputs.push((await program.run(1)).outputs[0]!.slice())
      }
      return { outputs }
    },
  }
}

test('the weight file of a dense head is refused', () => {
  expect(() => new ExpressionHead(headWeights)).toThrow(WeightFileError)
})
