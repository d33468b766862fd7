import type { FivePoints } from '../align/align-face.ts'
import type { Face } from '../face/face.ts'
import type { FaceMesh } from '../face/face-mesh.ts'
import { ExpressionSmoother } from './expression-smoother.ts'
import { OneEuroFilter, type SmoothingOptions } from './one-euro-filter.ts'
import { PoseSmoother } from './pose-smoother.ts'

// Of a head, in the canonical frame's centimetres.
const headSize = 15

/** Smooths one face through the frames: its box, landmarks, pose, mesh and expression. */
export class FaceSmoother {
  private readonly box: OneEuroFilter
  private readonly landmarks: OneEuroFilter
  private readonly positions: OneEuroFilter
  private readonly canonical: OneEuroFilter
  private readonly pose: PoseSmoother
  private readonly expression: ExpressionSmoother

  constructor(options: SmoothingOptions) {
    this.box = new OneEuroFilter(options)
    this.landmarks = new OneEuroFilter(options)
    this.positions = new OneEuroFilter(options)
    this.canonical = new OneEuroFilter(options)
    this.pose = new PoseSmoother(options)
    this.expression = new ExpressionSmoother(options)
  }

  /** @param time in seconds */
  smooth(face: Face, time: number): Face {
    const size = Math.max(face.box[2] - face.box[0], face.box[3] - face.box[1])
    const [x1, y1, x2, y2] = this.box.smooth(face.box, size, time)
    const points = this.landmarks.smooth(face.landmarks.flat(), size, time)
    const landmarks = face.landmarks.map((_, i) => [points[2 * i]!, points[2 * i + 1]!])
    const smoothed: Face = {
      ...face,
      box: [x1!, y1!, x2!, y2!],
      landmarks: landmarks as unknown as FivePoints,
      ...(face.pose && { pose: this.pose.smooth(face.pose, time) }),
      ...this.expression.smooth(face, size, time),
    }
    if (!face.mesh) return smoothed
    const positions = this.positions.smooth(face.mesh.positions, size, time)
    return { ...smoothed, mesh: this.smoothMesh(face.mesh, positions, time) }
  }

  /** What meshes compute when it is first read, they compute when it is first read of the smoothed one. */
  private smoothMesh(mesh: FaceMesh, positions: Float32Array, time: number): FaceMesh {
    const { canonical: filter } = this
    let canonical: Float32Array | undefined
    const { triangles, uv, normals } = mesh
    return {
      positions,
      get canonical() {
        canonical ??= filter.smooth(mesh.canonical, headSize, time)
        return canonical
      },
      get colors() {
        return mesh.colors
      },
      triangles,
      uv,
      ...(normals && { normals }),
    }
  }
}
