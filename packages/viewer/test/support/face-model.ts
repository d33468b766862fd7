import { createMeshDecoder, type ImageMeshDecoder } from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'

/** The mesh decoder that ships, in the browser. */
export async function loadDecoder(): Promise<ImageMeshDecoder> {
  const [topology, weights] = await Promise.all([
    loadBytes(faceTopology.url),
    loadBytes(meshDecoder.url),
  ])
  return createMeshDecoder({ topology, weights })
}

/** A file that `@retinaface/models` names. */
export async function loadBytes(url: URL): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
