import {
  anchorToImage,
  projectToAnchor,
  rotationVectorOfPose,
  toCameraFrame,
} from '@retinaface/mesh-decoder'
import type { ViewerFace, ViewerMesh } from '../../../src/index.ts'

/** A mesh without a picture: canonical frame, centimetres. */
export interface LooseMesh extends Omit<ViewerMesh, 'positions'> {}

/** Where a mesh without a picture stands. */
export interface Standing {
  /** Its place in the row, from 0. */
  readonly place: number
  /** Degrees to the picture's right. */
  readonly yaw?: number
  readonly pitch?: number
}

/** Side of the square that each mesh gets, pixels of a picture that does not exist. */
const CELL = 400
/** How much of its square a mesh fills; the next one stands that far beside it. */
const FILLED = 0.75
/** Distance of the camera in radii of the mesh. */
const DISTANCE = 5

/** Gives a mesh a camera of its own, beside others in a row, as a portrait would be taken. */
export function standMesh(mesh: LooseMesh, { place, yaw = 0, pitch = 0 }: Standing): ViewerFace {
  const { centre, radius } = boundsOf(mesh.canonical)
  const turn = rotationVectorOfPose({ yaw, pitch, roll: 0 })
  // Meshes need not lie about their origin.
  const [x, y, z] = toCameraFrame(centre, [0, 0, 0, ...turn, 1])
  const focal = (DISTANCE / 2) * FILLED
  const camera = Float32Array.of(-x!, -y!, -z! - radius * DISTANCE, ...turn, focal)
  const anchor = { centre: [CELL * (place * FILLED + 0.5), CELL / 2] as const, size: CELL }
  const positions = new Float32Array(mesh.canonical.length)
  projectToAnchor(mesh.canonical, camera, positions)
  anchorToImage(positions, anchor, positions)
  return { anchor, camera, pose: { yaw, pitch, roll: 0 }, mesh: { ...mesh, positions } }
}

/** The middle ([3]) of what points ([points, 3]) span, and half of its diagonal. */
function boundsOf(points: Float32Array): { centre: Float32Array; radius: number } {
  const low = new Float32Array(3).fill(Number.POSITIVE_INFINITY)
  const high = new Float32Array(3).fill(Number.NEGATIVE_INFINITY)
  points.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3]!, value)
    high[i % 3] = Math.max(high[i % 3]!, value)
  })
  const centre = low.map((value, k) => (value + high[k]!) / 2)
  const radius = Math.hypot(...low.map((value, k) => high[k]! - value)) / 2
  return { centre, radius: Math.max(radius, 1e-3) }
}
