import { readFile } from 'node:fs/promises'
import { type MeshTopology, readMeshTopology } from '@retinaface/mesh-decoder'
import { faceTopology } from '@retinaface/models'

/** The levels of the face mesh that the models share. */
export async function readFaceTopology(): Promise<MeshTopology> {
  return readMeshTopology(new Uint8Array(await readFile(faceTopology.url)))
}
