import { describe, expect, it } from 'vitest'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { WeightFileError } from '../../src/errors/mesh-errors.ts'
import { type TensorToWrite, writeTensorFile } from '../../src/weights/write-tensor-file.ts'
import { smallTopology } from '../topology/grid-mesh.ts'

const topology = smallTopology()
const linear = { type: 'linear', in: 2, out: [63, 6], activation: 'relu' }
const upsample = { type: 'upsample', level: 2 }
const chebyshev = { type: 'chebyshev', level: 3, K: 1, in: 6, out: 6, activation: 'none' }

const wrong: [string, unknown, RegExp][] = [
  ['no list', { layers: [] }, /list of layers/],
  ['an empty list', [], /at least a linear layer/],
  ['an entry that is null', [null], /linear, upsample or chebyshev for layers\[0\]\.type/],
  ['an unknown type', [linear, { type: 'attention' }], /layers\[1\]\.type .* found "attention"/],
  ['a size of zero', [{ ...linear, out: [63, 0] }], /layers\[0\]\.out .* found 0/],
  ['an output of one size', [{ ...linear, out: 63 }], /layers\[0\]\.out/],
  ['a size that is no number', [{ ...linear, in: '2' }], /layers\[0\]\.in .* found "2"/],
  [
    'an unknown activation',
    [{ ...linear, activation: 'gelu' }],
    /one of none, relu, leaky_relu, elu/,
  ],
  ['a negative level', [linear, { ...upsample, level: -1 }], /layers\[1\]\.level .* found -1/],
  ['vertices of no level', [{ ...linear, out: [64, 6] }], /give one of 8, 24, 63, 221 vertices/],
  ['two linear layers', [linear, linear], /layers\[1\] of the architecture to be the first/],
  ['no linear layer', [upsample], /layers\[0\] of the architecture to be linear/],
  ['an up-sampling from another level', [linear, { ...upsample, level: 1 }], /from level 2/],
  ['up-samplings past the finest', [linear, upsample, { ...upsample, level: 3 }], /next one of 4/],
  ['other channels', [linear, upsample, { ...chebyshev, in: 5 }], /take 6 channels on level 3/],
  ['another level', [linear, { ...chebyshev, level: 1 }], /take 6 channels on level 2/],
  ['a coarse end', [linear], /give \[221, 6\] but it gives \[63, 6\]/],
  [
    'another end',
    [{ ...linear, out: [63, 3] }, upsample],
    /give \[221, 6\] but it gives \[221, 3\]/,
  ],
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
    const architecture = JSON.stringify([linear, upsample, chebyshev])
    const weights = weightsOf(architecture)
    expect(() => createMeshDecoder({ topology, weights })).toThrow(/a tensor layers.2.weight/)
  })

  it('as many layers as it takes is accepted', () => {
    const weights = weightsOf(JSON.stringify([linear, upsample]))
    expect(createMeshDecoder({ topology, weights }).vertexCount).toBe(221)
  })
})

describe('a file', () => {
  it('trained on another topology is refused', () => {
    const named = (checksum: string) =>
      createMeshDecoder({
        topology: { ...topology, checksum: '0123abcd' },
        weights: weightsOf(JSON.stringify([linear, upsample]), new Map([['topology', checksum]])),
      })
    expect(() => named('0123abce')).toThrow(/of checksum 0123abce, .* received that of 0123abcd/)
    expect(named('0123abcd').vertexCount).toBe(221)
  })

  it('without an architecture is no decoder', () => {
    const weights = writeTensorFile(new Map())
    expect(() => createMeshDecoder({ topology, weights })).toThrow(/this file has no decoder/)
  })
})

function weightsOf(architecture: string, metadata = new Map<string, string>()): Uint8Array {
  const zeros = (...shape: number[]): TensorToWrite => {
    return { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) }
  }
  const tensors = new Map([
    ['layers.0.weight', zeros(378, 2)],
    ['layers.0.bias', zeros(378)],
    ['mean', zeros(221, 6)],
    ['scale', zeros(221, 6)],
  ])
  return writeTensorFile(tensors, new Map([...metadata, ['architecture', architecture]]))
}
