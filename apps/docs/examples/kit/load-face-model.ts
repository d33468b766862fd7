import {
  createMeshDecoder,
  type ImageMeshDecoder,
  type MorphTarget,
  readMeshTopology,
  readMorphTargets,
} from '@retinaface/mesh-decoder'
import { expressionTargets, faceTopology, meshDecoder } from '@retinaface/models'

/** The mesh decoder and the triangles of what it decodes. */
export interface LoadedFaceModel {
  readonly decoder: ImageMeshDecoder
  readonly triangles: Int32Array
}

/** Loads the mesh decoder that ships with `@retinaface/models`. */
export async function loadFaceModel(signal: AbortSignal): Promise<LoadedFaceModel> {
  const [topology, weights] = await Promise.all([
    load(faceTopology.url, signal),
    load(meshDecoder.url, signal),
  ])
  const decoder = createMeshDecoder({ topology, weights })
  return { decoder, triangles: readMeshTopology(topology).levels.at(-1)!.triangles }
}

/** Loads how the mesh moves with each coefficient of expression. */
export async function loadExpressionTargets(signal: AbortSignal): Promise<MorphTarget[]> {
  const [topology, targets] = await Promise.all([
    load(faceTopology.url, signal),
    load(expressionTargets.url, signal),
  ])
  return readMorphTargets(targets, readMeshTopology(topology))
}

async function load(url: URL, signal: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url, { signal })).arrayBuffer())
}
