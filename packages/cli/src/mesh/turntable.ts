import type { PixelImage } from '@retinaface/core'
import {
  compositeOver,
  createRasterTarget,
  rasterize,
  rotationVectorOfPose,
  toCameraFrame,
  vertexNormals,
} from '@retinaface/mesh-decoder'
import { drawBackdrop } from './backdrop.ts'
import { shadeInStudio } from './studio-light.ts'

/** What is turned. */
export interface TurnedFace {
  /** [vertices, 3] canonical frame, centimetres. */
  readonly positions: Float32Array
  readonly triangles: Int32Array
  /** [vertices, 3] reflectance, sRGB-encoded, 0..1; not used with a texture. */
  readonly colors: Float32Array
  /** A photo with its light in it, and where on it each vertex lies. */
  readonly texture?: { readonly uv: Float32Array; readonly image: PixelImage }
}

/** Side of a frame in pixels. */
const side = 640
const samplesPerAxis = 3
/** Centimetres from the camera to the face, and across the frame there. */
const distance = 60
const breadth = 23
/** Degrees: the mesh is a mask, whose back would be seen further round. */
const widestYaw = 55
/** How much of the studio's light falls on a texture that has light of its own. */
const lightOnTexture = 0.4

/**
 * `count` pictures of a face that turns to one side, to the other and back, in studio light: played
 * over and over they go on smoothly.
 */
export function* turntable(
  face: TurnedFace,
  count: number,
): Generator<PixelImage, void, undefined> {
  const backdrop = drawBackdrop(side)
  const centred = { ...face, positions: centre(face.positions) }
  for (let frame = 0; frame < count; frame++) {
    const yaw = widestYaw * Math.sin((2 * Math.PI * frame) / count)
    const picture = { ...backdrop, data: backdrop.data.slice() }
    drawTurned(centred, yaw, picture)
    yield picture
  }
}

function drawTurned(face: TurnedFace, yaw: number, picture: PixelImage): void {
  const { triangles, texture } = face
  const turn = rotationVectorOfPose({ yaw, pitch: 0, roll: 0 })
  const camera = Float32Array.of(0, 0, -distance, ...turn, 1)
  const positions = toCameraFrame(face.positions, camera)
  const normals = vertexNormals(positions, triangles)
  const reflectance = texture ? face.colors.map(() => 1) : face.colors
  const lit = shadeInStudio({ positions, normals, colors: reflectance }, camera)
  const colors = texture ? lit.map((value) => 1 + lightOnTexture * (value - 1)) : lit
  const pinhole = {
    focalLength: (side * distance) / breadth,
    principalX: side / 2,
    principalY: side / 2,
  }
  const target = createRasterTarget(side, side, samplesPerAxis)
  rasterize({ positions, triangles, colors, ...(texture ? { texture } : {}) }, pinhole, target)
  compositeOver(target, picture)
}

/** Positions about the middle of their bounds, so that the face turns in its place. */
function centre(positions: Float32Array): Float32Array {
  const middle = [0, 1, 2].map((axis) => {
    const values = positions.filter((_, i) => i % 3 === axis)
    return (Math.min(...values) + Math.max(...values)) / 2
  })
  return positions.map((value, i) => value - middle[i % 3]!)
}
