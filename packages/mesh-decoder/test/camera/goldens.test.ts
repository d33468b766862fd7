import { describe, expect, test } from 'vitest'
import {
  anchorToImage,
  projectToAnchor,
  projectToAnchorBackward,
} from '../../src/camera/anchor-frame.ts'
import { toCameraFrame } from '../../src/camera/camera-frame.ts'
import { pinholeOf, toScreen } from '../../src/camera/pinhole.ts'
import { poseOf, rotationVectorOfPose } from '../../src/camera/pose.ts'
import { rotationMatrix } from '../../src/camera/rotation-matrix.ts'
import { goldenCases } from '../helpers/camera-light-golden.ts'
import { worstDifference } from '../helpers/numbers.ts'

describe.each(goldenCases)(
  'the camera at yaw, pitch, roll $pose agrees with SciPy and PyTorch',
  (golden) => {
    const camera = Float32Array.from(golden.camera)
    const points = Float32Array.from(golden.points)
    const [x, y, size] = golden.anchor as [number, number, number]
    const anchor = { centre: [x, y] as const, size }

    test('rotation matrix', () => {
      expect(
        worstDifference(rotationMatrix(golden.camera.slice(3, 6)), golden.rotation),
      ).toBeLessThan(1e-8)
    })

    test('camera, anchor and image frames', () => {
      expect(worstDifference(toCameraFrame(points, camera), golden.inCamera)).toBeLessThan(1e-6)
      const inAnchor = projectToAnchor(points, camera)
      expect(worstDifference(inAnchor, golden.inAnchor)).toBeLessThan(2e-6)
      expect(worstDifference(anchorToImage(inAnchor, anchor), golden.inImage)).toBeLessThan(2e-6)
    })

    test('the pinhole over the image sees the same place', () => {
      const seen = toScreen(toCameraFrame(points, camera), pinholeOf(camera, anchor))
      for (let i = 0; i < seen.length; i += 3) {
        expect(seen[i]).toBeCloseTo(golden.inImage[i]!, 2)
        expect(seen[i + 1]).toBeCloseTo(golden.inImage[i + 1]!, 2)
      }
    })

    test('pose, both ways', () => {
      const { yaw, pitch, roll } = poseOf(camera)
      expect(worstDifference([yaw, pitch, roll, 100], [...golden.pose, 100])).toBeLessThan(1e-6)
      const omega = rotationVectorOfPose({ yaw, pitch, roll })
      expect(worstDifference([...omega, 1], [...golden.camera.slice(3, 6), 1])).toBeLessThan(1e-6)
    })

    test('gradients of the projection', () => {
      const byPoints = new Float32Array(points.length)
      const byCamera = new Float32Array(7)
      const weight = Float32Array.from(golden.weight)
      projectToAnchorBackward(points, camera, weight, byPoints, byCamera)
      expect(worstDifference(byPoints, golden.anchorGradients.points)).toBeLessThan(1e-5)
      expect(worstDifference(byCamera, golden.anchorGradients.camera)).toBeLessThan(1e-5)
    })
  },
)
