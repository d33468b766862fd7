import { checkLength, checkRows } from '../camera/check-length.ts'
import { cropPinhole, type Pinhole } from '../camera/pinhole.ts'
import { checkFaces } from './check-faces.ts'
import { clipNear } from './clip-near.ts'
import { CORNER } from './corner.ts'
import { fillTriangle } from './fill-triangle.ts'
import { checkPixelImage, type PixelImage } from './pixel-image.ts'
import { checkRasterTarget, type RasterTarget } from './raster-target.ts'
import { resolveSamples } from './resolve-samples.ts'

/** What the rasteriser draws. Colour is vertex colour times texture; white without either. */
export interface RasterMesh {
  /** [vertices, 3] camera frame, centimetres. */
  readonly positions: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
  /** [vertices, 3] red, green and blue, sRGB-encoded, clipped to 0..1 when written. */
  readonly colors?: Float32Array
  readonly texture?: Texture
}

/** A picture and where on it each vertex lies. */
export interface Texture {
  /** [vertices, 2] 0..1, origin at the picture's top left, v down. */
  readonly uv: Float32Array
  readonly image: PixelImage
}

/** How {@link rasterize} draws. */
export interface RasterizeOptions {
  /** Leave out triangles seen from behind. Default true. */
  readonly cullBackFaces?: boolean
  /** Distance of the near plane from the camera, centimetres. Default 0.1. */
  readonly near?: number
}

/**
 * Draws a mesh over what the target holds, with a z-buffer and perspective-correct interpolation.
 *
 * Pixel centres are at half-integers; centres on a shared edge are drawn once (top-left rule).
 * Edges are anti-aliased if the target has samples. Clear the target for a new picture.
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function rasterize(
  mesh: RasterMesh,
  pinhole: Pinhole,
  target: RasterTarget,
  options: RasterizeOptions = {},
): void {
  checkMesh(mesh)
  checkRasterTarget(target)
  const { samples } = target
  if (samples) {
    rasterize(mesh, cropPinhole(pinhole, 0, 0, samples.width / target.width), samples, options)
    resolveSamples(samples, target)
    return
  }
  const { cullBackFaces = true, near = 0.1 } = options
  const image = mesh.texture?.image
  const triangle = new Float64Array(3 * CORNER)
  const clipped = new Float64Array(4 * CORNER)
  for (let face = 0; face < mesh.triangles.length; face += 3) {
    for (let corner = 0; corner < 3; corner++) {
      writeCorner(mesh, mesh.triangles[face + corner]!, triangle, corner * CORNER)
    }
    const count = clipNear(triangle, near, clipped)
    if (count === 0) continue
    for (let at = 0; at < count * CORNER; at += CORNER) projectCorner(clipped, at, pinhole)
    if (cullBackFaces && !facesViewer(clipped)) continue
    fillTriangle(clipped, 0, CORNER, 2 * CORNER, face / 3, image, target)
    if (count === 4) fillTriangle(clipped, 0, 2 * CORNER, 3 * CORNER, face / 3, image, target)
  }
}

function writeCorner(mesh: RasterMesh, vertex: number, dst: Float64Array, at: number): void {
  const { positions, colors, texture } = mesh
  for (let k = 0; k < 3; k++) {
    dst[at + k] = positions[vertex * 3 + k]!
    dst[at + 3 + k] = colors ? colors[vertex * 3 + k]! : 1
  }
  if (!texture) return
  dst[at + 6] = texture.uv[vertex * 2]! * texture.image.width
  dst[at + 7] = texture.uv[vertex * 2 + 1]! * texture.image.height
}

function projectCorner(corners: Float64Array, at: number, pinhole: Pinhole): void {
  const inverse = -1 / corners[at + 2]!
  corners[at] = pinhole.principalX + pinhole.focalLength * corners[at]! * inverse
  corners[at + 1] = pinhole.principalY - pinhole.focalLength * corners[at + 1]! * inverse
  corners[at + 2] = inverse
}

/** True if projected corners run counter-clockwise in the picture, whose y points down. */
function facesViewer(corners: Float64Array): boolean {
  const x = corners[0]!
  const y = corners[1]!
  return (
    (corners[CORNER]! - x) * (corners[2 * CORNER + 1]! - y) <
    (corners[CORNER + 1]! - y) * (corners[2 * CORNER]! - x)
  )
}

function checkMesh({ positions, triangles, colors, texture }: RasterMesh): void {
  checkRows('mesh.positions', positions, 3)
  checkFaces('mesh.triangles', triangles, positions.length / 3)
  if (colors) checkLength('mesh.colors', colors, positions.length)
  if (!texture) return
  checkLength('mesh.texture.uv', texture.uv, (positions.length / 3) * 2)
  checkPixelImage('mesh.texture.image.data', texture.image)
}
