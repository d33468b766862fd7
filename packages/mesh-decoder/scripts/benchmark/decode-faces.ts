// Faces decoded a second on one core: the formulas written down plainly, the JavaScript kernel and
// the WebAssembly SIMD kernel, interleaved in one run.
//
//   pnpm benchmark TOPOLOGY.safetensors WEIGHTS.safetensors

import { readFile } from 'node:fs/promises'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { VERTEX_CHANNELS } from '../../src/decoder/mesh-decoder.ts'
import { plainDecoder } from '../../src/decoder/plain-decoder.ts'
import { resolveNetwork } from '../../src/decoder/resolve-network.ts'
import { readMeshTopology } from '../../src/topology/read-mesh-topology.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'
import { interleave, quantile } from './interleave.ts'

const ROUNDS = 15
const MILLISECONDS_EACH = 100

const [topologyPath, weightsPath] = process.argv.slice(2)
if (topologyPath === undefined || weightsPath === undefined) {
  throw new Error('Expected two paths: a topology file and a weight file.')
}
const topology = readMeshTopology(await readFile(topologyPath))
const weights = readTensorFile(await readFile(weightsPath))
const naive = plainDecoder(resolveNetwork(topology, weights))
const javascript = createMeshDecoder({ topology, weights, backend: 'javascript' })
const wasm = createMeshDecoder({ topology, weights, backend: 'wasm-simd' })

const { latentSize, vertexCount } = wasm
const latent = Float32Array.from({ length: latentSize }, (_, i) => Math.sin(i * i))
const vertices = new Float32Array(vertexCount * VERTEX_CHANNELS)
const gradient = new Float32Array(latentSize)
const timings = interleave(
  {
    naive: () => naive.decode(latent),
    javascript: () => javascript.decode(latent, vertices),
    'wasm-simd': () => wasm.decode(latent, vertices),
    'wasm-simd, decode and gradient': () => wasm.backward(latent, vertices, gradient),
  },
  ROUNDS,
  MILLISECONDS_EACH,
)

for (const [name, milliseconds] of Object.entries(timings)) {
  const ratios = milliseconds.map((time, round) => timings.naive[round]! / time)
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(ratios, share).toFixed(1))
  const median = quantile(milliseconds, 0.5)
  process.stdout.write(
    `${name}: ${median.toFixed(3)} ms (best ${Math.min(...milliseconds).toFixed(3)}), ` +
      `${Math.round(1000 / median)} faces/s, ${middle} times the naive one (${low} to ${high})\n`,
  )
}

const { gc } = globalThis as { gc?: () => void }
gc?.()
const before = process.memoryUsage().heapUsed
for (let face = 0; face < 1000; face++) wasm.decode(latent, vertices)
const growth = (process.memoryUsage().heapUsed - before) / 1000
process.stdout.write(
  `wasm-simd leaves ${growth.toFixed(0)} bytes a face to the garbage collector\n`,
)
