import type { ViewerFace } from '../../src/face/viewer-face.ts'

/** A pyramid whose tip looks at the camera: five vertices, four triangles, 10 cm wide. */
export function simpleFace(change: Partial<ViewerFace> = {}): ViewerFace {
  const canonical = Float32Array.of(-5, -5, 0, 5, -5, 0, 5, 5, 0, -5, 5, 0, 0, 0, 5)
  return {
    score: 0.9,
    anchor: { centre: [60, 40], size: 40 },
    camera: Float32Array.of(0, 0, -50, 0, 0, 0, 2),
    landmarks: [
      [55, 35],
      [65, 35],
    ],
    mesh: {
      canonical,
      // x and y of 80-pixel focal length at 50 cm, and the depth before the origin's.
      positions: canonical.map((value, i) =>
        i % 3 === 2 ? -value * 1.6 : (i % 3 === 0 ? 60 : 40) + (i % 3 === 0 ? 1.6 : -1.6) * value,
      ),
      colors: new Float32Array(15).fill(0.6),
      triangles: Int32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4),
    },
    ...change,
  }
}

/** The simple face elsewhere in a picture, in another size: `size` is its anchor's, pixels. */
export function simpleFaceAt(x: number, y: number, size: number): ViewerFace {
  const { mesh, ...face } = simpleFace()
  const scale = size / 40
  const positions = mesh!.positions.map(
    (value, i) => [x, y, 0][i % 3]! + (value - [60, 40, 0][i % 3]!) * scale,
  )
  const anchor = { centre: [x, y] as const, size }
  return { ...face, landmarks: [[x, y]], anchor, mesh: { ...mesh!, positions } }
}
