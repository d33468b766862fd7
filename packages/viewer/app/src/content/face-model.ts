import {
  createMeshDecoder,
  type ImageMeshDecoder,
  readMeshTopology,
} from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'
import { AppError } from './app-error.ts'

/** The mesh decoder, and the triangles and texture coordinates of all that it decodes. */
export interface FaceModel {
  readonly decoder: ImageMeshDecoder
  readonly triangles: Int32Array
  readonly uv: Float32Array
}

/**
 * Loads the mesh decoder that the application comes with.
 *
 * @throws {AppError} if its files are missing or damaged
 */
export async function loadFaceModel(): Promise<FaceModel> {
  try {
    const [topology, weights] = await Promise.all([load(faceTopology.url), load(meshDecoder.url)])
    const { levels, uv } = readMeshTopology(topology)
    return {
      decoder: createMeshDecoder({ topology, weights }),
      triangles: levels.at(-1)!.triangles,
      uv,
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
