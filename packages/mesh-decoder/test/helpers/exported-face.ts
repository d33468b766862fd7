import type { UnwrappedMesh } from '../../src/export/bake-texture.ts'
import { readFaceTopology } from './face-topology.ts'
import { randomNumbers } from './numbers.ts'

const { levels, uv, mirror } = readFaceTopology()
const { positions, triangles } = levels.at(-1)!

/** The mean face in the colours of a random vector at each vertex. */
export const exportedFace: UnwrappedMesh & { readonly colors: Float32Array } = {
  positions,
  triangles,
  uv,
  mirror,
  colors: Float32Array.from(positions, randomNumbers(7)),
}
