import { type TensorToWrite, writeTensorFile } from '../weights/write-tensor-file.ts'
import type { MeshTopology } from './mesh-topology.ts'

/**
 * Write a topology as a tensor file, the counterpart of `readMeshTopology`.
 *
 * Tensors: `level{i}.faces`, `level{i}.positions`, `up{i}.index` and `up{i}.weight` (from level i to
 * i + 1), `uv`, `mirror`.
 *
 * @param source where the mesh comes from and under which licence, kept in the metadata.
 */
export function writeMeshTopology(topology: MeshTopology, source: string): Uint8Array {
  const tensors = new Map<string, TensorToWrite>()
  const add = (name: string, data: Float32Array | Int32Array, columns: number) =>
    tensors.set(name, { shape: [data.length / columns, columns], data })
  topology.levels.forEach(({ triangles, positions }, i) => {
    add(`level${i}.faces`, triangles, 3)
    add(`level${i}.positions`, positions, 3)
  })
  topology.upsamplings.forEach(({ index, weight }, i) => {
    add(`up${i}.index`, index, 3)
    add(`up${i}.weight`, weight, 3)
  })
  add('uv', topology.uv, 2)
  tensors.set('mirror', { shape: [topology.mirror.length], data: topology.mirror })
  return writeTensorFile(tensors, new Map([['source', source]]))
}
