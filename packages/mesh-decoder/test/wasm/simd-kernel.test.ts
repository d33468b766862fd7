import { afterEach, describe, expect, it, vi } from 'vitest'
import { compileSimdKernel } from '../../scripts/compile-simd-kernel.ts'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { SIMD_KERNEL_BYTES } from '../../src/wasm/generated/simd-kernel-bytes.ts'
import { instantiateSimdKernel } from '../../src/wasm/simd-kernel.ts'
import { decoderLayers } from '../decoder/architectures.ts'
import { randomWeightFile } from '../decoder/random-weights.ts'
import { smallTopology } from '../topology/grid-mesh.ts'

const topology = smallTopology()
const shape = { latentSize: 4, K: 3, activation: 'elu' } as const
const weights = randomWeightFile(decoderLayers([8, 24, 63, 221], [8, 8, 8], shape), 221)
const latent = Float32Array.of(1, -1, 0.5, 2)

afterEach(() => vi.unstubAllGlobals())

describe('the SIMD kernel', () => {
  it('is compiled from its source in this repository', async () => {
    expect(Buffer.from(await compileSimdKernel()).equals(SIMD_KERNEL_BYTES)).toBe(true)
  })

  it('is small enough to be compiled at once in any browser', () => {
    expect(SIMD_KERNEL_BYTES.length).toBeLessThan(4096)
  })

  const engines: [string, object | undefined][] = [
    ['without WebAssembly', undefined],
    ['without SIMD', { ...members(), validate: () => false }],
    ['whose content security policy forbids to compile', { ...members(), Module: refuse }],
  ]

  it.each(engines)('gives way to JavaScript in an engine %s', (_name, engine) => {
    const expected = createMeshDecoder({ topology, weights, backend: 'javascript' }).decode(latent)
    vi.stubGlobal('WebAssembly', engine)
    expect(instantiateSimdKernel(64)).toBeUndefined()
    expect(createMeshDecoder({ topology, weights }).decode(latent)).toEqual(expected)
    expect(() => createMeshDecoder({ topology, weights, backend: 'wasm-simd' })).toThrow(
      /Expected javascript, since there is no WebAssembly SIMD here, for backend/,
    )
  })
})

/** What an engine with WebAssembly offers. */
function members(): object {
  const { Memory, Module, Instance, validate } = Reflect.get(globalThis, 'WebAssembly')
  return { Memory, Module, Instance, validate }
}

function refuse(): never {
  throw new EvalError('Refused to compile by the content security policy')
}
