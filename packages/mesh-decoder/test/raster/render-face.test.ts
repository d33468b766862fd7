import { expect, test } from 'vitest'
import { anchorToImage, projectToAnchor } from '../../src/camera/anchor-frame.ts'
import { toCameraFrame } from '../../src/camera/camera-frame.ts'
import { cropPinhole, pinholeOf } from '../../src/camera/pinhole.ts'
import { rotationVectorOfPose } from '../../src/camera/pose.ts'
import { shade } from '../../src/light/shade.ts'
import { vertexNormals } from '../../src/light/vertex-normals.ts'
import { createRasterTarget } from '../../src/raster/raster-target.ts'
import { coloredMesh, renderFace } from '../../src/raster/render-face.ts'
import { readFaceTopology } from '../helpers/face-topology.ts'

const { positions, triangles } = readFaceTopology().levels.at(-1)!
const colors = Float32Array.from(positions, (x, i) => 0.5 + 0.04 * (i % 3 === 0 ? x : -x))
const face = { positions, colors, triangles }
const anchor = { centre: [300, 200] as const, size: 240 }
const pose = rotationVectorOfPose({ yaw: 20, pitch: -10, roll: 5 })
const camera = Float32Array.of(0.5, -0.5, -60, ...pose, 3.4)
const light = Float32Array.of(20, 30, 50, 0.5, 0.4, 0.3, 0.4, 0.45, 0.5)

/** True for the offset of a vertex that is not near the outline. */
function isInner(i: number): boolean {
  return i % 3 === 0 && Math.abs(positions[i]!) < 5 && Math.abs(positions[i + 1]!) < 6
}

/** Vertices well inside the outline, seen from the front, and where the image has them. */
function frontVertices() {
  const inCamera = toCameraFrame(positions, camera)
  const normals = vertexNormals(inCamera, triangles)
  const inImage = anchorToImage(projectToAnchor(positions, camera), anchor)
  const lit = shade({ positions: inCamera, normals, colors }, camera, light)
  const front = [...positions.keys()].filter((i) => isInner(i) && normals[i + 2]! > 0.9)
  return front.map((i) => ({
    x: inImage[i]!,
    y: inImage[i + 1]!,
    distance: -inCamera[i + 2]!,
    color: [...lit.subarray(i, i + 3)],
  }))
}

test('a face is drawn over the photo where its projection says, lit as its vertices are', () => {
  const target = createRasterTarget(640, 480)
  renderFace(face, camera, light, pinholeOf(camera, anchor), target)
  const vertices = frontVertices()
  expect(vertices.length).toBeGreaterThan(100)
  const asPredicted = vertices.filter(({ x, y, distance, color }) => {
    const pixel = Math.floor(y) * 640 + Math.floor(x)
    const drawn = [...target.rgba.subarray(pixel * 4, pixel * 4 + 3)]
    return (
      Math.abs(target.depth[pixel]! - distance) < 0.25 &&
      drawn.every((value, c) => Math.abs(value - 255 * color[c]!) < 12)
    )
  })
  // The lips and lids hide a few vertices.
  expect(asPredicted.length / vertices.length).toBeGreaterThan(0.95)
})

test('the camera of a crop draws the same face, enlarged', () => {
  const whole = createRasterTarget(640, 480)
  const crop = createRasterTarget(200, 200)
  const pinhole = pinholeOf(camera, anchor)
  renderFace(face, camera, light, pinhole, whole)
  renderFace(face, camera, light, cropPinhole(pinhole, 250, 150, 2), crop)
  for (let row = 20; row < 180; row += 10) {
    const from = (150 + row / 2) * 640 + 250 + 50
    const to = row * 200 + 100
    expect(Math.abs(crop.depth[to]! - whole.depth[from]!)).toBeLessThan(0.3)
  }
})

test('a decoded mesh falls into positions and colours', () => {
  const mesh = coloredMesh(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), triangles)
  expect([...mesh.positions]).toEqual([1, 2, 3, 7, 8, 9])
  expect([...mesh.colors]).toEqual([4, 5, 6, 10, 11, 12])
})
