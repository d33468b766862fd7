import type { FaceMesh } from '@retinaface/core'

/**
 * How much of a mesh shows at each vertex ([vertices], 0..1): nothing at its border, all of it from
 * `width` centimetres on.
 */
export function borderFade(
  { canonical, triangles }: Pick<FaceMesh, 'canonical' | 'triangles'>,
  width: number,
): Float32Array {
  const border = borderVertices(triangles)
  const fade = new Float32Array(canonical.length / 3)
  for (let vertex = 0; vertex < fade.length; vertex++) {
    let nearest = Number.POSITIVE_INFINITY
    for (const other of border) {
      const x = canonical[3 * vertex]! - canonical[3 * other]!
      const y = canonical[3 * vertex + 1]! - canonical[3 * other + 1]!
      const z = canonical[3 * vertex + 2]! - canonical[3 * other + 2]!
      nearest = Math.min(nearest, x * x + y * y + z * z)
    }
    const share = Math.min(1, Math.sqrt(nearest) / width)
    fade[vertex] = share * share * (3 - 2 * share)
  }
  return fade
}

/** The vertices of edges that belong to one triangle only. */
function borderVertices(triangles: Int32Array): ReadonlySet<number> {
  const edges = new Map<string, readonly [number, number]>()
  for (let at = 0; at < triangles.length; at += 3) {
    for (let corner = 0; corner < 3; corner++) {
      const from = triangles[at + corner]!
      const to = triangles[at + ((corner + 1) % 3)]!
      // The neighbour goes along the edge the other way.
      if (!edges.delete(`${to} ${from}`)) edges.set(`${from} ${to}`, [from, to])
    }
  }
  return new Set([...edges.values()].flat())
}
