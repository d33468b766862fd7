import { expect, test } from 'vitest'
import { type MirroredMesh, photoColors } from '../../src/dense/photo-colors.ts'
import type { PixelImage } from '../../src/image/pixel-image.ts'

const side = 240
const own = 0.9
/** In front of the camera, centimetres; rays are all but parallel, and the focal length is in pixels. */
const distance = 1000
const focalLength = 4000
const camera = Float32Array.of(0, 0, -distance, 0, 0, 0, focalLength / side)
const anchor = { centre: [side / 2, side / 2], size: side } as const

// Red says the column and green the row, so that colours tell where they were taken.
const image: PixelImage = {
  data: Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return [pixel % side, Math.floor(pixel / side), 0][i % 3]!
  }),
  width: side,
  height: side,
  channels: 3,
}

/** A triangle of its own, turned about a vertical axis until its normal has this cosine with the view. */
interface Patch {
  readonly cosine: number
  /** Of its centre, centimetres. */
  readonly x?: number
  readonly y: number
  readonly z?: number
  /** Half of its side. Default 1. */
  readonly half?: number
}

/** Triangles that share no vertex; each vertex's mirror image is that of patch `mirror[i]`. */
function meshOf(patches: readonly Patch[], mirror = patches.map((_, i) => i)): MirroredMesh {
  const positions = patches.flatMap(({ cosine, x = 0, y, z = 0, half = 1 }) => {
    const sine = Math.sqrt(1 - cosine ** 2)
    const corner = (along: number, up: number) => [x + along * cosine, y + up, z - along * sine]
    return [corner(-half, -half), corner(half, -half), corner(0, half)].flat()
  })
  const vertices = positions.length / 3
  return {
    canonical: Float32Array.from(positions),
    colors: new Float32Array(3 * vertices).fill(own),
    triangles: Int32Array.from({ length: vertices }, (_, i) => i),
    mirror: Int32Array.from(
      { length: vertices },
      (_, i) => 3 * mirror[Math.floor(i / 3)]! + (i % 3),
    ),
  }
}

/** What the photograph shows where a vertex is projected. */
function shown({ canonical }: MirroredMesh, vertex: number): number[] {
  const [x, y, z] = canonical.subarray(3 * vertex, 3 * vertex + 3)
  const scale = focalLength / (distance - z!)
  return [(side / 2 + x! * scale - 0.5) / 255, (side / 2 - y! * scale - 0.5) / 255, 0]
}

function expectColors(mesh: MirroredMesh, sources: readonly (number | undefined)[]): void {
  const colors = photoColors(image, mesh, camera, anchor)
  for (const [patch, source] of sources.entries()) {
    for (let corner = 0; corner < 3; corner++) {
      const at = 3 * (3 * patch + corner)
      const expected = source === undefined ? [own, own, own] : shown(mesh, 3 * source + corner)
      const found = [...colors.subarray(at, at + 3)]
      found.forEach((value, k) => {
        expect(value, `patch ${patch}, corner ${corner}`).toBeCloseTo(expected[k]!, 4)
      })
    }
  }
}

test('vertices take the colour of the photograph from a cosine of 0.15 with the view on', () => {
  const cosines = [1, 0.5, 0.17, 0.16, 0.14, 0.13, 0.05]
  const mesh = meshOf(cosines.map((cosine, i) => ({ cosine, y: 12 - 4 * i })))
  expectColors(mesh, [0, 1, 2, 3, undefined, undefined, undefined])
})

test('vertices that are turned away take the colour of their mirror image where that is seen', () => {
  const patches = [
    { cosine: 1, y: 8 },
    { cosine: 0.05, y: 2 },
    { cosine: 0.1, y: -4 },
  ]
  expectColors(meshOf(patches, [1, 0, 1]), [0, 0, undefined])
})

test('vertices behind another part of the mesh keep their own colour', () => {
  const patches = [
    { cosine: 1, y: 0 },
    { cosine: 1, y: 0, z: 5, half: 4 },
    { cosine: 1, x: 12, y: 0 },
  ]
  expectColors(meshOf(patches), [undefined, 1, 2])
})
