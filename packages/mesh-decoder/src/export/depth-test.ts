import { cropPinhole, type Pinhole, toScreen } from '../camera/pinhole.ts'
import { createRasterTarget } from '../raster/raster-target.ts'
import { rasterize } from '../raster/rasterize.ts'

/** True if nothing of the mesh is clearly in front of a point: pixel x, y and distance, centimetres. */
export type DepthTest = (x: number, y: number, distance: number) => boolean

/** Side of the depth buffer about the mesh, pixels. */
const SIZE = 256

/** How far in front something must be to hide a point, centimetres. */
const TOLERANCE = 0.3

/** A depth buffer of a mesh (camera-frame positions, [vertices, 3]) as a test of visibility. */
export function depthTest(
  positions: Float32Array,
  triangles: Int32Array,
  pinhole: Pinhole,
): DepthTest {
  const screen = toScreen(positions, pinhole)
  let [left, top, right, bottom] = [screen[0]!, screen[1]!, screen[0]!, screen[1]!]
  for (let i = 0; i < screen.length; i += 3) {
    left = Math.min(left, screen[i]!)
    right = Math.max(right, screen[i]!)
    top = Math.min(top, screen[i + 1]!)
    bottom = Math.max(bottom, screen[i + 1]!)
  }
  const scale = SIZE / Math.max(right - left, bottom - top)
  const target = createRasterTarget(SIZE, SIZE)
  rasterize({ positions, triangles }, cropPinhole(pinhole, left, top, scale), target)
  return (x, y, distance) => {
    const column = Math.min(SIZE - 1, Math.max(0, Math.floor((x - left) * scale)))
    const row = Math.min(SIZE - 1, Math.max(0, Math.floor((y - top) * scale)))
    return distance <= target.depth[row * SIZE + column]! + TOLERANCE
  }
}
