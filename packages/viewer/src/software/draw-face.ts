import {
  type Pinhole,
  type PixelImage,
  type RasterTarget,
  rasterize,
} from '@retinaface/mesh-decoder'
import { Matrix4, Vector3 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import { PHOTO_FADE } from '../scene/appearance.ts'
import type { Shot } from '../scene/stage.ts'
import { faceColors } from './face-colors.ts'

/** Rasterises a face as a shot shows it. */
export function drawFace(
  face: ShownFace,
  shot: Shot,
  photo: PixelImage | undefined,
  pinhole: Pinhole,
  target: RasterTarget,
): void {
  const positions = inView(face, shot)
  const colors = faceColors(face, shot.options, shot.view)
  rasterize({ positions, triangles: face.triangles, colors }, pinhole, target)
  if (shot.options.material !== 'photo' || !photo) return
  const { width, height } = shot.pictureSize
  const uv = new Float32Array((positions.length / 3) * 2)
  for (let vertex = 0; vertex < uv.length / 2; vertex++) {
    uv[vertex * 2] = face.imagePositions[vertex * 3]! / width
    uv[vertex * 2 + 1] = face.imagePositions[vertex * 3 + 1]! / height
  }
  // The same surface once more, a little nearer, where the photo shows it.
  const nearer = positions.map((value) => value * 0.9999)
  rasterize(
    { positions: nearer, triangles: seenTriangles(face, uv), texture: { uv, image: photo } },
    pinhole,
    target,
  )
}

const toView = new Matrix4()
const point = new Vector3()

/** A face's vertices ([vertices, 3]) in the viewer's camera frame. */
export function inView(face: ShownFace, { view }: Shot): Float32Array {
  toView.multiplyMatrices(view.matrix, face.placement.matrix)
  const positions = new Float32Array(face.positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    point.fromArray(face.positions, i).applyMatrix4(toView).toArray(positions, i)
  }
  return positions
}

/** Triangles that are in the photo and face the photographer well. */
function seenTriangles(
  { positions, normals, triangles, camera, placement }: ShownFace,
  uv: Float32Array,
): Int32Array {
  const place = new Vector3(-camera[0]!, -camera[1]!, -camera[2]!)
  place.applyMatrix4(placement.cameraRotation.clone().transpose())
  const least = (PHOTO_FADE[0] + PHOTO_FADE[1]) / 2
  const normal = new Vector3()
  const way = new Vector3()
  const isInside = (share: number) => share >= 0 && share <= 1
  const isSeen = (vertex: number) => {
    if (!isInside(uv[vertex * 2]!) || !isInside(uv[vertex * 2 + 1]!)) return false
    way
      .fromArray(positions, vertex * 3)
      .sub(place)
      .negate()
      .normalize()
    return normal.fromArray(normals, vertex * 3).dot(way) > least
  }
  return triangles.filter((_, i) => {
    const first = i - (i % 3)
    return [0, 1, 2].every((corner) => isSeen(triangles[first + corner]!))
  })
}
