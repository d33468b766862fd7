import { describe, expect, it } from 'vitest'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { WeightFileError } from '../../src/errors/mesh-decoder-error.ts'
import { type TensorToWrite, writeTensorFile } from '../../src/weights/write-tensor-file.ts'
import { smallTopology } from '../topology/grid-mesh.ts'

const topology = smallTopology()
const linear = { type: 'linear', inputs: 2, vertices: 63, channels: 6 }
const upsample = { type: 'upsample', from: 2, to: 3 }
const chebyshev = { type: 'chebyshev', level: 3, order: 1, inputs: 6, outputs: 6 }
const relu = { type: 'activation', kind: 'relu' }
const denormalise = { type: 'denormalise', vertices: 221, channels: 6 }

const wrong: [string, unknown, RegExp][] = [
  ['no list', { layers: [] }, /list of layers/],
  ['an empty list', [], /first layer to be linear/],
  ['an entry that is null', [null], /known type for layers\[0\]\.type/],
  ['an unknown type', [linear, { type: 'attention' }], /layers\[1\]\.type .* found "attention"/],
  ['a size of zero', [{ ...linear, channels: 0 }], /layers\[0\]\.channels .* found 0/],
  ['a size that is no number', [{ ...linear, inputs: '2' }], /layers\[0\]\.inputs .* found "2"/],
  [
    'an unknown activation',
    [linear, { type: 'activation', kind: 'gelu' }],
    /relu, leaky-relu or elu/,
  ],
  ['a slope above 1', [linear, { type: 'activation', kind: 'leaky-relu', slope: 2 }], /slope/],
  ['vertices of no level', [{ ...linear, vertices: 64 }], /give one of 8, 24, 63, 221 vertices/],
  ['two linear layers', [linear, linear], /layers\[1\] of the architecture to be the first/],
  ['no linear layer', [upsample], /come after a linear layer/],
  ['an up-sampling from another level', [linear, { ...upsample, from: 1, to: 2 }], /from level 2/],
  ['an up-sampling over a level', [linear, { ...upsample, to: 4 }], /from level 2 to the next/],
  ['up-samplings past the finest', [linear, upsample, { ...upsample, from: 3, to: 4 }], /of 4/],
  ['other channels', [linear, upsample, { ...chebyshev, inputs: 5 }], /take 6 channels on level 3/],
  ['another level', [linear, { ...chebyshev, level: 1 }], /take 6 channels on level 2/],
  ['two activations in a row', [linear, relu, relu], /be no activation/],
  ['a layer after the last', [linear, upsample, denormalise, relu], /before one that denormalises/],
  ['no last layer', [linear, upsample], /the last to denormalise/],
  [
    'a coarse end',
    [linear, { ...denormalise, vertices: 63 }],
    /give \[221, 6\] but it gives \[63, 6\]/,
  ],
  ['another end', [linear, upsample, { ...denormalise, channels: 3 }], /take \[221, 6\]/],
]

describe('an architecture with', () => {
  it.each(wrong)('%s is refused', (_name, layers, message) => {
    const create = () => createMeshDecoder({ topology, weights: weightsOf(JSON.stringify(layers)) })
    expect(create).toThrow(WeightFileError)
    expect(create).toThrow(message)
  })

  it('text that is no JSON is refused', () => {
    expect(() => createMeshDecoder({ topology, weights: weightsOf('[') })).toThrow(/in JSON/)
  })

  it('a missing tensor is refused', () => {
    const architecture = JSON.stringify([linear, upsample, chebyshev, denormalise])
    const weights = weightsOf(architecture)
    expect(() => createMeshDecoder({ topology, weights })).toThrow(/a tensor layers.2.weight/)
  })

  it('as many layers as it takes is accepted', () => {
    const weights = weightsOf(JSON.stringify([linear, relu, upsample, denormalise]))
    expect(createMeshDecoder({ topology, weights }).vertexCount).toBe(221)
  })
})

describe('a file', () => {
  it('without an architecture is no decoder', () => {
    const weights = writeTensorFile(new Map())
    expect(() => createMeshDecoder({ topology, weights })).toThrow(/this file has no decoder/)
  })
})

function weightsOf(architecture: string): Uint8Array {
  const zeros = (...shape: number[]): TensorToWrite => {
    return { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) }
  }
  const tensors = new Map([
    ['layers.0.weight', zeros(378, 2)],
    ['layers.0.bias', zeros(378)],
    ['mean', zeros(221, 6)],
    ['scale', zeros(221, 6)],
  ])
  return writeTensorFile(tensors, new Map([['architecture', architecture]]))
}
