import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { smallTopology } from '../topology/grid-mesh.ts'
import { decoderLayers } from './architectures.ts'
import { randomWeightFile } from './random-weights.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const layers = decoderLayers([8, 24, 63, 221], [8, 8, 8], {
  latentSize: 4,
  K: 4,
  activation: 'relu',
})
const options = { topology: smallTopology(), weights: randomWeightFile(layers, 221) }

it.each(['wasm-simd', 'javascript'] as const)('%s allocates no array for a face', (backend) => {
  const decoder = createMeshDecoder({ ...options, backend })
  const [latent, gradient] = [new Float32Array(4).fill(1), new Float32Array(4)]
  const vertices = new Float32Array(221 * 6)
  const run = (faces: number) => {
    for (let face = 0; face < faces; face++) {
      decoder.decode(latent, vertices)
      decoder.backward(latent, vertices, gradient)
    }
  }
  run(2000)
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  run(1000)
  // One array of the output's size would be 5,304 bytes; the engine itself uses a few.
  expect((process.memoryUsage().heapUsed - before) / 1000).toBeLessThan(1000)
})
