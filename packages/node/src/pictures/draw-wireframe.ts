import type { FaceMesh } from '@retinaface/core'
import { MEDIAPIPE_VERTICES } from '@retinaface/mesh-decoder'

/** The edges of MediaPipe's 898 triangles that face the viewer, as the data of an SVG path. */
export function wireframePath(mesh: Pick<FaceMesh, 'positions' | 'triangles'>): string {
  const { positions } = mesh
  const point = (vertex: number) =>
    `${positions[3 * vertex]!.toFixed(1)} ${positions[3 * vertex + 1]!.toFixed(1)}`
  return visibleEdges(mesh)
    .map(([from, to]) => `M${point(from)}L${point(to)}`)
    .join('')
}

/**
 * Each triangle of the mesh is a quarter of one of MediaPipe's: its edges at one of their vertices
 * are halves of theirs, which meet at a vertex of its own.
 */
function visibleEdges({
  positions,
  triangles,
}: Pick<FaceMesh, 'positions' | 'triangles'>): readonly (readonly [number, number])[] {
  const ends = new Map<number, Set<number>>()
  for (let at = 0; at < triangles.length; at += 3) {
    const corners = triangles.subarray(at, at + 3)
    const vertex = corners.find((corner) => corner < MEDIAPIPE_VERTICES)
    if (vertex === undefined || !facesViewer(positions, corners)) continue
    for (const middle of corners) {
      if (middle !== vertex) ends.set(middle, (ends.get(middle) ?? new Set()).add(vertex))
    }
  }
  return [...ends.values()].flatMap((pair) => {
    const [from, to] = pair
    return from === undefined || to === undefined ? [] : [[from, to] as const]
  })
}

function facesViewer(positions: Float32Array, [a = 0, b = 0, c = 0]: Int32Array): boolean {
  const x = positions[3 * a]!
  const y = positions[3 * a + 1]!
  const [bx, by] = [positions[3 * b]! - x, positions[3 * b + 1]! - y]
  const [cx, cy] = [positions[3 * c]! - x, positions[3 * c + 1]! - y]
  return bx * cy < by * cx
}
