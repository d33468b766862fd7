import type { PixelImage } from '@retinaface/core'
import { bakeTexture } from '@retinaface/mesh-decoder'
import type { PosedFace } from './posed-face.ts'

const [smallest, largest] = [256, 1024]

/**
 * The texture of a face as its photo shows it, about as fine as the photo.
 *
 * @param mirror [vertices] the vertex on the other side of the face
 */
export function bakeFace(image: PixelImage, face: PosedFace, mirror: Int32Array): PixelImage {
  const { mesh, camera, anchor, box } = face
  const side = Math.max(box[2] - box[0], box[3] - box[1])
  const size = Math.min(largest, Math.max(smallest, 2 ** Math.ceil(Math.log2(side))))
  const unwrapped = { positions: mesh.canonical, triangles: mesh.triangles, uv: mesh.uv, mirror }
  return bakeTexture(image, unwrapped, { camera, anchor, size })
}
