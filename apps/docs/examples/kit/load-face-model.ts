import {
  createMeshDecoder,
  type ImageMeshDecoder,
  readMeshTopology,
} from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'

/** The mesh decoder and the triangles of what it decodes. */
export interface LoadedFaceModel {
  readonly decoder: ImageMeshDecoder
  readonly triangles: Int32Array
}

/** Loads the mesh decoder that ships with `@retinaface/models`. */
export async function loadFaceModel(signal: AbortSignal): Promise<LoadedFaceModel> {
  const load = async (url: URL) =>
    new Uint8Array(await (await fetch(url, { signal })).arrayBuffer())
  const [topology, weights] = await Promise.all([load(faceTopology.url), load(meshDecoder.url)])
  const decoder = createMeshDecoder({ topology, weights })
  return { decoder, triangles: readMeshTopology(topology).levels.at(-1)!.triangles }
}
