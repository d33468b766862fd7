import { existsSync, readFileSync } from 'node:fs'
import type { MeshTopology } from '../../src/topology/mesh-topology.ts'
import { readMeshTopology } from '../../src/topology/read-mesh-topology.ts'

const file = new URL('../../../models/assets/generated/face-topology.safetensors', import.meta.url)

/** The face's own topology, 1,833 vertices, as `@retinaface/models` builds it. */
export function readFaceTopology(): MeshTopology {
  if (!existsSync(file)) {
    throw new Error(`Expected ${file.pathname}: run "npx turbo run build:assets" first.`)
  }
  return readMeshTopology(readFileSync(file))
}
