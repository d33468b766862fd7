import { checkManifoldDisc } from './check-manifold-disc.ts'
import { projectVertices } from './project-vertices.ts'
import type { Sampling } from './sampling.ts'
import { simplifyMesh } from './simplify-mesh.ts'
import { sample, subdivideMidpoint } from './subdivide-midpoint.ts'
import type { TriangleMesh } from './triangle-mesh.ts'

/** How many vertices of a face's mesh, the first ones, are MediaPipe's. */
export const MEDIAPIPE_VERTICES = 468

/** The levels of a mesh, from the coarsest to the finest, and how to get from one to the next. */
export interface MeshTopology {
  /** Meshes from the coarsest to the finest, in the canonical frame, centimetres. */
  readonly levels: readonly TriangleMesh[]
  /** `upsamplings[i]` takes values of level i to level i + 1. */
  readonly upsamplings: readonly Sampling[]
  /** [vertices, 2] texture coordinates of the finest level, origin at the top left, v down. */
  readonly uv: Float32Array
  /** [vertices] the finest level's vertex at the mirror image of each; in the plane x = 0 itself. */
  readonly mirror: Int32Array
  /** CRC-32 of the file that it was read from, in 8 hexadecimal digits. */
  readonly checksum?: string
}

/** What a topology is built from. */
export interface BaseMesh extends TriangleMesh {
  /** [vertices, 2] texture coordinates, origin at the top left, v down. */
  readonly uv: Float32Array
  /** [vertices] mirror image of each vertex; the identity for a mesh without symmetry. */
  readonly mirror: Int32Array
}

/**
 * Build the levels of a decoder: `base`, coarser ones by quadric simplification, and one finer one
 * by midpoint subdivision, whose first vertices are those of `base` in their order.
 *
 * @param coarseVertexCounts vertices of each level below `base`, ascending, as in [8, 30, 117].
 * @throws InvalidMeshError if a level is not one manifold disc or cannot be simplified so far.
 */
export function buildMeshTopology(
  base: BaseMesh,
  coarseVertexCounts: readonly number[],
): MeshTopology {
  const fine = subdivideMidpoint(base)
  const levels: TriangleMesh[] = [base, fine].map(({ positions, triangles }) => ({
    positions,
    triangles,
  }))
  const upsamplings: Sampling[] = [fine.sampling]
  let mirror = base.mirror
  for (const vertexCount of coarseVertexCounts.toReversed()) {
    const finer = levels[0]!
    const coarser = simplifyMesh(finer, mirror, vertexCount)
    levels.unshift({ positions: coarser.positions, triangles: coarser.triangles })
    upsamplings.unshift(projectVertices(finer.positions, coarser))
    mirror = restrict(mirror, coarser.kept)
  }
  levels.forEach(checkManifoldDisc)
  return {
    levels,
    upsamplings,
    uv: sample(fine.sampling, base.uv, 2),
    mirror: mirrorMidpoints(base.mirror, fine.sampling),
  }
}

function restrict(mirror: Int32Array, kept: Int32Array): Int32Array {
  return kept.map((vertex) => kept.indexOf(mirror[vertex]!))
}

/** The mirror image of an edge's midpoint is the midpoint of the edge's mirror image. */
function mirrorMidpoints(mirror: Int32Array, { index }: Sampling): Int32Array {
  const keyOf = (a: number, b: number) => Math.min(a, b) * mirror.length + Math.max(a, b)
  const ends = Array.from({ length: index.length / 3 }, (_, row) => {
    return [index[row * 3]!, index[row * 3 + 1]!] as const
  })
  const rowOf = new Map(ends.map(([a, b], row) => [keyOf(a, b), row]))
  return Int32Array.from(ends, ([a, b]) => rowOf.get(keyOf(mirror[a]!, mirror[b]!))!)
}
