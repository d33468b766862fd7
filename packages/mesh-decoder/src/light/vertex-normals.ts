import { checkLength, checkRows } from '../camera/check-length.ts'

/**
 * Unit vertex normals ([vertices, 3]) of a triangle mesh, in the frame of its positions
 * ([vertices, 3]); triangles ([triangles, 3]) count by their area.
 *
 * A vertex without any area about it gets (0, 0, 1).
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function vertexNormals(
  positions: Float32Array,
  triangles: Int32Array,
  dst: Float32Array = new Float32Array(positions.length),
): Float32Array {
  checkRows('positions', positions, 3)
  checkLength('dst', dst, positions.length)
  sumFaceNormals(positions, triangles, dst)
  for (let i = 0; i < dst.length; i += 3) {
    const length = Math.sqrt(dst[i]! ** 2 + dst[i + 1]! ** 2 + dst[i + 2]! ** 2)
    if (length > 0) {
      dst[i]! /= length
      dst[i + 1]! /= length
      dst[i + 2]! /= length
    } else {
      dst[i + 2] = 1
    }
  }
  return dst
}

/**
 * Adds to the gradient by positions ([vertices, 3]) what follows from the gradient by their
 * {@link vertexNormals} ([vertices, 3]).
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function vertexNormalsBackward(
  positions: Float32Array,
  triangles: Int32Array,
  gradient: Float32Array,
  gradientPositions: Float32Array,
): void {
  checkLength('gradient', gradient, positions.length)
  checkLength('gradientPositions', gradientPositions, positions.length)
  const bySum = normalizeBackward(sumFaceNormals(positions, triangles), gradient)
  for (let face = 0; face < triangles.length; face += 3) {
    const a = triangles[face]! * 3
    const b = triangles[face + 1]! * 3
    const c = triangles[face + 2]! * 3
    for (let x = 0; x < 3; x++) {
      const y = (x + 1) % 3
      const z = (x + 2) % 3
      const gy = bySum[a + y]! + bySum[b + y]! + bySum[c + y]!
      const gz = bySum[a + z]! + bySum[b + z]! + bySum[c + z]!
      const y1 = positions[b + y]! - positions[a + y]!
      const z1 = positions[b + z]! - positions[a + z]!
      const y2 = positions[c + y]! - positions[a + y]!
      const z2 = positions[c + z]! - positions[a + z]!
      const byFirst = y2 * gz - z2 * gy
      const bySecond = gy * z1 - gz * y1
      gradientPositions[a + x]! -= byFirst + bySecond
      gradientPositions[b + x]! += byFirst
      gradientPositions[c + x]! += bySecond
    }
  }
}

/** For each vertex the sum of its triangles' cross products, whose lengths are twice the areas. */
function sumFaceNormals(
  positions: Float32Array,
  triangles: Int32Array,
  dst: Float32Array = new Float32Array(positions.length),
): Float32Array {
  dst.fill(0)
  for (let face = 0; face < triangles.length; face += 3) {
    const a = triangles[face]! * 3
    const b = triangles[face + 1]! * 3
    const c = triangles[face + 2]! * 3
    const ax = positions[a]!
    const ay = positions[a + 1]!
    const az = positions[a + 2]!
    const x1 = positions[b]! - ax
    const y1 = positions[b + 1]! - ay
    const z1 = positions[b + 2]! - az
    const x2 = positions[c]! - ax
    const y2 = positions[c + 1]! - ay
    const z2 = positions[c + 2]! - az
    const x = y1 * z2 - z1 * y2
    const y = z1 * x2 - x1 * z2
    const z = x1 * y2 - y1 * x2
    for (let corner = face; corner < face + 3; corner++) {
      const vertex = triangles[corner]! * 3
      dst[vertex]! += x
      dst[vertex + 1]! += y
      dst[vertex + 2]! += z
    }
  }
  return dst
}

/** The gradient by vectors ([vectors, 3]), in their place, from that by their unit vectors. */
function normalizeBackward(vectors: Float32Array, gradient: Float32Array): Float32Array {
  for (let i = 0; i < vectors.length; i += 3) {
    const length = Math.sqrt(vectors[i]! ** 2 + vectors[i + 1]! ** 2 + vectors[i + 2]! ** 2)
    const inverse = length > 0 ? 1 / length : 0
    const x = vectors[i]! * inverse
    const y = vectors[i + 1]! * inverse
    const z = vectors[i + 2]! * inverse
    const along = gradient[i]! * x + gradient[i + 1]! * y + gradient[i + 2]! * z
    vectors[i] = (gradient[i]! - along * x) * inverse
    vectors[i + 1] = (gradient[i + 1]! - along * y) * inverse
    vectors[i + 2] = (gradient[i + 2]! - along * z) * inverse
  }
  return vectors
}
