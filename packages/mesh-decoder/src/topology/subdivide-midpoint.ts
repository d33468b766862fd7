import { collectEdges } from './edges.ts'
import type { Sampling } from './sampling.ts'
import { type TriangleMesh, vertexCountOf } from './triangle-mesh.ts'

/** A subdivided mesh and the matrix that interpolates values of the old vertices at the new ones. */
export interface Subdivision extends TriangleMesh {
  readonly sampling: Sampling
}

/**
 * Split every triangle into four at its edge midpoints.
 *
 * The old vertices keep their indices; a midpoint follows for each edge, in the order of the sorted
 * vertex pairs.
 */
export function subdivideMidpoint(mesh: TriangleMesh): Subdivision {
  const oldCount = vertexCountOf(mesh)
  const { pairs } = collectEdges(mesh.triangles, oldCount)
  const sampling = midpointSampling(oldCount, pairs)
  return {
    positions: sample(sampling, mesh.positions, 3),
    triangles: splitFaces(mesh.triangles, oldCount, pairs),
    sampling,
  }
}

/** Interpolate `values` ([coarse, channels]) with a sampling matrix to [fine, channels]. */
export function sample(sampling: Sampling, values: Float32Array, channels: number): Float32Array {
  const { index, weight } = sampling
  const sampled = new Float32Array((index.length / 3) * channels)
  for (let i = 0; i < sampled.length; i++) {
    const row = Math.floor(i / channels) * 3
    const channel = i % channels
    let sum = 0
    for (let k = row; k < row + 3; k++) {
      sum += weight[k]! * values[index[k]! * channels + channel]!
    }
    sampled[i] = sum
  }
  return sampled
}

function midpointSampling(oldCount: number, pairs: Int32Array): Sampling {
  const rows = oldCount + pairs.length / 2
  const index = new Int32Array(rows * 3)
  const weight = new Float32Array(rows * 3)
  for (let vertex = 0; vertex < oldCount; vertex++) {
    index.fill(vertex, vertex * 3, vertex * 3 + 3)
    weight[vertex * 3] = 1
  }
  for (let edge = 0; edge < pairs.length / 2; edge++) {
    const a = pairs[edge * 2]!
    const b = pairs[edge * 2 + 1]!
    index.set([a, b, b], (oldCount + edge) * 3)
    weight.set([0.5, 0.5, 0], (oldCount + edge) * 3)
  }
  return { index, weight }
}

function splitFaces(triangles: Int32Array, oldCount: number, pairs: Int32Array): Int32Array {
  const midpoints = new Map<number, number>()
  for (let edge = 0; edge < pairs.length / 2; edge++) {
    midpoints.set(pairs[edge * 2]! * oldCount + pairs[edge * 2 + 1]!, oldCount + edge)
  }
  const between = (a: number, b: number) =>
    midpoints.get(Math.min(a, b) * oldCount + Math.max(a, b))!
  const split: number[] = []
  for (let face = 0; face < triangles.length; face += 3) {
    const [a, b, c] = triangles.subarray(face, face + 3) as unknown as [number, number, number]
    const ab = between(a, b)
    const bc = between(b, c)
    const ca = between(c, a)
    split.push(a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca)
  }
  return Int32Array.from(split)
}
