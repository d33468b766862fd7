import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { layerOf } from '../../src/decoder/plain-decoder.ts'
import { resolveNetwork } from '../../src/decoder/resolve-network.ts'
import { readMeshTopology } from '../../src/topology/read-mesh-topology.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'

/** Made by test/goldens/make_decoder_golden.py in double precision. */
interface Golden {
  readonly latent: number[]
  /** Output of each layer and of each activation, and last the decoded vertices. */
  readonly outputs: number[][]
  readonly gradOutput: number[]
  readonly gradient: number[]
}

const read = (name: string) => readFile(new URL(`../goldens/${name}`, import.meta.url))
const golden: Golden = JSON.parse((await read('decoder-golden.json')).toString())
const topology = readMeshTopology(await read('decoder-topology.safetensors'))
const weights = readTensorFile(await read('decoder-weights.safetensors'))
const { steps } = resolveNetwork(topology, weights)
const numbered = steps.map((step, i) => ({ i, type: step.type, step }))

describe('against an independent implementation with dense matrices', () => {
  it.each(numbered)('step $i, $type, gives the same output', ({ i, step }) => {
    const input = i === 0 ? golden.latent : golden.outputs[i - 1]!
    expectClose(layerOf(step).forward(Float64Array.from(input)), golden.outputs[i]!, 1e-7)
  })

  it.each(['wasm-simd', 'javascript'] as const)('%s decodes the same face', (backend) => {
    const decoder = createMeshDecoder({ topology, weights, backend })
    const latent = Float32Array.from(golden.latent)
    expectClose(decoder.decode(latent), golden.outputs.at(-1)!, 1e-5)
    const gradient = decoder.backward(latent, Float32Array.from(golden.gradOutput))
    expectClose(gradient, golden.gradient, 1e-5)
  })
})

/** To `tolerance` of the largest value. */
function expectClose(actual: ArrayLike<number>, expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  const error = Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)))
  expect(error / largest).toBeLessThan(tolerance)
}
