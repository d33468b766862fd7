import {
  createMeshDecoder,
  type ImageMeshDecoder,
  type MorphTarget,
  readMeshTopology,
  readMorphTargets,
} from '@retinaface/mesh-decoder'
import { expressionTargets, faceTopology, meshDecoder } from '@retinaface/models'
import { AppError } from './app-error.ts'

/** The mesh decoder, and the triangles, texture coordinates and morph targets of all that it decodes. */
export interface FaceModel {
  readonly decoder: ImageMeshDecoder
  readonly triangles: Int32Array
  readonly uv: Float32Array
  /** How the mesh moves with each coefficient of expression. */
  readonly targets: readonly MorphTarget[]
}

/**
 * Loads the mesh decoder that the application comes with.
 *
 * @throws {AppError} if its files are missing or damaged
 */
export async function loadFaceModel(): Promise<FaceModel> {
  try {
    const [topology, weights, moves] = await Promise.all([
      load(faceTopology.url),
      load(meshDecoder.url),
      load(expressionTargets.url),
    ])
    const mesh = readMeshTopology(topology)
    return {
      decoder: createMeshDecoder({ topology, weights }),
      triangles: mesh.levels.at(-1)!.triangles,
      uv: mesh.uv,
      targets: readMorphTargets(moves, mesh),
    }
  } catch (error) {
    throw new AppError(
      'The mesh decoder could not be loaded.',
      'Load the page again; if that does not help, install the viewer again.',
      error,
    )
  }
}

async function load(url: URL): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
