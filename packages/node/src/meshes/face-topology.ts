import { readFile } from 'node:fs/promises'
import {
  type MeshTopology,
  type MorphTarget,
  readMeshTopology,
  readMorphTargets,
} from '@retinaface/mesh-decoder'
import { expressionTargets, faceTopology } from '@retinaface/models'

/** The levels of the face mesh that the models share. */
export async function readFaceTopology(): Promise<MeshTopology> {
  return readMeshTopology(new Uint8Array(await readFile(faceTopology.url)))
}

/** How the face mesh moves with each coefficient of expression. */
export async function readExpressionTargets(topology: MeshTopology): Promise<MorphTarget[]> {
  return readMorphTargets(new Uint8Array(await readFile(expressionTargets.url)), topology)
}
