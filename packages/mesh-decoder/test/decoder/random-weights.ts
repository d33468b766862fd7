import type { LayerDescription } from '../../src/decoder/decoder-architecture.ts'
import { type TensorToWrite, writeTensorFile } from '../../src/weights/write-tensor-file.ts'

/** A small deterministic generator of numbers in [−1, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** A weight file of an architecture with random weights that keep values near 1. */
export function randomWeightFile(
  layers: readonly LayerDescription[],
  vertexCount: number,
  seed = 1,
): Uint8Array {
  const next = randomNumbers(seed)
  const tensors = new Map<string, TensorToWrite>()
  const add = (name: string, shape: readonly number[], spread: number) => {
    const length = shape.reduce((product, size) => product * size, 1)
    tensors.set(name, { shape, data: Float32Array.from({ length }, () => spread * next()) })
  }
  layers.forEach((layer, i) => {
    if (layer.type === 'upsample') return
    const isLinear = layer.type === 'linear'
    const outputs = isLinear ? layer.out[0] * layer.out[1] : layer.out
    const shape = isLinear ? [outputs, layer.in] : [layer.K, layer.in, layer.out]
    const fanIn = isLinear ? layer.in : layer.K * layer.in
    add(`layers.${i}.weight`, shape, Math.sqrt(6 / fanIn))
    add(`layers.${i}.bias`, [outputs], 0.1)
  })
  add('mean', [vertexCount, 6], 1)
  add('scale', [6], 1)
  return writeTensorFile(tensors, new Map([['architecture', JSON.stringify(layers)]]))
}
