import { WeightFileError } from '../errors/mesh-errors.ts'
import { readTensorFile } from '../weights/read-tensor-file.ts'
import { takeFloats, takeIntegers } from '../weights/take-tensor.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import { checkManifoldDisc } from './check-manifold-disc.ts'
import type { MeshTopology } from './mesh-topology.ts'
import type { Sampling } from './sampling.ts'
import { type TriangleMesh, vertexCountOf } from './triangle-mesh.ts'

/**
 * Read a topology from the bytes of a tensor file, as `writeMeshTopology` makes it.
 *
 * @throws WeightFileError if the file is damaged, or lacks what a topology needs.
 * @throws InvalidMeshError if a level is not one manifold disc.
 */
export function readMeshTopology(bytes: Uint8Array): MeshTopology {
  const file = readTensorFile(bytes)
  const levels = readLevels(file)
  const upsamplings = levels.slice(1).map((fine, i) => {
    return readSampling(file, i, vertexCountOf(levels[i]!), vertexCountOf(fine))
  })
  const finest = vertexCountOf(levels.at(-1)!)
  const uv = takeFloats(file, 'uv', [finest, 2])
  const mirror = takeIntegers(file, 'mirror', [finest])
  if (mirror.some((partner, vertex) => mirror[partner] !== vertex)) {
    throw new WeightFileError('Expected mirror to pair the vertices, each the partner of its own.')
  }
  return { levels, upsamplings, uv, mirror, checksum: file.metadata.get('crc32')! }
}

function readLevels(file: TensorFile): TriangleMesh[] {
  const levels: TriangleMesh[] = []
  do {
    const name = `level${levels.length}`
    const positions = takeFloats(file, `${name}.positions`, ['vertices', 3])
    const mesh = { positions, triangles: takeIntegers(file, `${name}.faces`, ['triangles', 3]) }
    checkManifoldDisc(mesh)
    levels.push(mesh)
  } while (file.tensors.has(`level${levels.length}.faces`))
  return levels
}

function readSampling(file: TensorFile, level: number, coarse: number, fine: number): Sampling {
  const index = takeIntegers(file, `up${level}.index`, [fine, 3])
  if (index.some((vertex) => vertex < 0 || vertex >= coarse)) {
    throw new WeightFileError(`Expected vertices below ${coarse} in up${level}.index.`)
  }
  const weight = takeFloats(file, `up${level}.weight`, [fine, 3])
  for (let row = 0; row < weight.length; row += 3) {
    const sum = weight[row]! + weight[row + 1]! + weight[row + 2]!
    if (Math.abs(sum - 1) < 1e-5) continue
    throw new WeightFileError(`Expected rows that sum to 1 in up${level}.weight, not to ${sum}.`)
  }
  return { index, weight }
}
