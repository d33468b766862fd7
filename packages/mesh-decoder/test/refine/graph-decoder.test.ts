import { expect, test } from 'vitest'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { refine } from '../../src/refine/refine.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'
import { decoderLayers } from '../decoder/architectures.ts'
import { randomWeightFile } from '../decoder/random-weights.ts'
import { readFaceTopology } from '../helpers/face-topology.ts'
import { syntheticScene } from '../helpers/synthetic-scene.ts'

const topology = readFaceTopology()
const { positions, triangles } = topology.levels.at(-1)!

/** A Chebyshev decoder over the face's own levels: random weights about the mean face. */
function graphDecoder() {
  const counts = topology.levels.map((level) => level.positions.length / 3)
  const shape = { latentSize: 12, K: 3, activation: 'elu' } as const
  const layers = decoderLayers(counts, [8, 8, 8, 8], shape)
  const weights = readTensorFile(randomWeightFile(layers, counts.at(-1)!))
  const mean = Float32Array.from({ length: positions.length * 2 }, (_, i) => {
    const [vertex, channel] = [Math.floor(i / 6), i % 6]
    const [x, y, z] = [...positions.subarray(vertex * 3, vertex * 3 + 3)] as [
      number,
      number,
      number,
    ]
    return [x, y, z][channel] ?? 0.5 + 0.1 * (Math.sin(x + channel) + Math.cos(y - channel))
  })
  const tensors = new Map(weights.tensors)
  tensors.set('mean', { ...tensors.get('mean')!, data: mean })
  const scale = Float32Array.of(0.05, 0.05, 0.05, 0.01, 0.01, 0.01)
  tensors.set('scale', { ...tensors.get('scale')!, data: scale })
  return createMeshDecoder({ topology, weights: { ...weights, tensors } })
}

test('refine lowers L_pixel through the graph-convolution decoder', () => {
  const decoder = graphDecoder()
  for (const seed of [1, 2, 3]) {
    const { image, start, anchor } = syntheticScene(decoder, triangles, seed)
    const { before, after } = refine(image, start, { decoder, triangles, anchor, cropSize: 48 })
    expect(after.loss).toBeLessThan(0.35 * before.loss)
  }
})
