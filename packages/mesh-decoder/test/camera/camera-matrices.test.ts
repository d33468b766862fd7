import { fc, test } from '@fast-check/vitest'
import { Matrix4, PerspectiveCamera, Vector3 } from 'three'
import { expect } from 'vitest'
import { toCameraFrame } from '../../src/camera/camera-frame.ts'
import { modelViewMatrix, projectionMatrix } from '../../src/camera/camera-matrices.ts'
import { pinholeOf, toScreen } from '../../src/camera/pinhole.ts'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const cameras = fc.tuple(
  between(-5, 5),
  between(-5, 5),
  between(-90, -30),
  between(-2, 2),
  between(-2, 2),
  between(-2, 2),
  between(1, 6),
)

test.prop([cameras, between(-100, 900), between(-100, 700), between(16, 500)])(
  'three.js puts a point of the mesh on the pixel that the pinhole says',
  (camera, x, y, size) => {
    const pinhole = pinholeOf(camera, { centre: [x, y], size })
    const viewport = { width: 640, height: 480, near: 1, far: 500 }
    const eye = new PerspectiveCamera()
    eye.projectionMatrix.fromArray(projectionMatrix(pinhole, viewport))
    eye.projectionMatrixInverse.copy(eye.projectionMatrix).invert()
    const point = [3, -4, 6] as const
    const seen = new Vector3(...point)
      .applyMatrix4(new Matrix4().fromArray(modelViewMatrix(camera)))
      .project(eye)
    const expected = toScreen(toCameraFrame(Float32Array.from(point), camera), pinhole)
    expect(((seen.x + 1) / 2) * viewport.width).toBeCloseTo(expected[0]!, 1)
    expect(((1 - seen.y) / 2) * viewport.height).toBeCloseTo(expected[1]!, 1)
    expect(Math.abs(seen.z)).toBeLessThan(1)
  },
)
