import {
  type Anchor,
  depthTest,
  pinholeOf,
  sampleBilinear,
  toCameraFrame,
  toScreen,
  vertexNormals,
} from '@retinaface/mesh-decoder'
import type { PixelImage } from '../image/pixel-image.ts'

/** A mesh in its canonical frame with the symmetry of its vertices. */
export interface MirroredMesh {
  /** [vertices, 3] centimetres. */
  readonly canonical: Float32Array
  /** [vertices, 3] 0..1; taken where neither a vertex nor its mirror image is seen. */
  readonly colors: Float32Array
  readonly triangles: Int32Array
  /** [vertices] the vertex on the other side of the face. */
  readonly mirror: Int32Array
}

// Cosine of the steepest view at which a surface still shows its colour.
const leastFacing = 0.15

/**
 * The colours ([vertices, 3]) that a photograph shows of a mesh: sampled where a vertex is seen, from
 * its mirror image where only that is seen, and the mesh's own elsewhere.
 *
 * @param anchor in the image frame, pixel edges at whole numbers
 */
export function photoColors(
  image: PixelImage,
  mesh: MirroredMesh,
  camera: Float32Array,
  anchor: Anchor,
): Float32Array {
  const positions = toCameraFrame(mesh.canonical, camera)
  const pinhole = pinholeOf(camera, anchor)
  const screen = toScreen(positions, pinhole)
  const seen = visibleVertices(
    positions,
    screen,
    mesh.triangles,
    depthTest(positions, mesh.triangles, pinhole),
  )
  const sampled = new Float32Array(positions.length)
  const color = new Float64Array(3)
  for (let i = 0; i < seen.length; i++) {
    if (seen[i])
      sampled.set(sampleBilinear(image, screen[3 * i]!, screen[3 * i + 1]!, color), 3 * i)
  }
  return mesh.colors.map((own, at) => {
    const vertex = Math.floor(at / 3)
    const source = seen[vertex] ? vertex : mesh.mirror[vertex]!
    return seen[source] ? sampled[3 * source + (at % 3)]! : own
  })
}

/** 1 for each vertex that faces the camera with nothing in front of it. */
function visibleVertices(
  positions: Float32Array,
  screen: Float32Array,
  triangles: Int32Array,
  isUnhidden: (x: number, y: number, distance: number) => boolean,
): Uint8Array {
  const normals = vertexNormals(positions, triangles)
  return Uint8Array.from({ length: positions.length / 3 }, (_, vertex) => {
    const i = 3 * vertex
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!]
    const towards = -(x * normals[i]! + y * normals[i + 1]! + z * normals[i + 2]!)
    const faces = towards > leastFacing * Math.hypot(x, y, z)
    return faces && isUnhidden(screen[i]!, screen[i + 1]!, screen[i + 2]!) ? 1 : 0
  })
}
