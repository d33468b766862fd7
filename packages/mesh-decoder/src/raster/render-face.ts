import { toCameraFrame } from '../camera/camera-frame.ts'
import { checkLength } from '../camera/check-length.ts'
import type { Pinhole } from '../camera/pinhole.ts'
import { shade } from '../light/shade.ts'
import { vertexNormals } from '../light/vertex-normals.ts'
import type { RasterTarget } from './raster-target.ts'
import { rasterize } from './rasterize.ts'

/** A coloured face in the canonical frame. */
export interface ColoredMesh {
  /** [vertices, 3] canonical frame, centimetres. */
  readonly positions: Float32Array
  /** [vertices, 3] red, green and blue reflectance, sRGB-encoded, 0..1. */
  readonly colors: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
}

/** The two halves of a decoded mesh ([vertices, 6] x, y, z, red, green, blue), with its faces. */
export function coloredMesh(decoded: Float32Array, triangles: Int32Array): ColoredMesh {
  const vertexCount = decoded.length / 6
  const positions = new Float32Array(vertexCount * 3)
  const colors = new Float32Array(vertexCount * 3)
  splitDecoded(decoded, positions, colors)
  return { positions, colors, triangles }
}

/** Writes the halves of a decoded mesh ([vertices, 6]) to arrays of their own ([vertices, 3]). */
export function splitDecoded(
  decoded: Float32Array,
  positions: Float32Array,
  colors: Float32Array,
): void {
  checkLength('positions', positions, decoded.length / 2)
  checkLength('colors', colors, decoded.length / 2)
  for (let from = 0, to = 0; from < decoded.length; from += 6, to += 3) {
    for (let k = 0; k < 3; k++) {
      positions[to + k] = decoded[from + k]!
      colors[to + k] = decoded[from + 3 + k]!
    }
  }
}

/**
 * Renders a face under P_cam ([7]) and P_ill ([9]) through `pinhole` into a target: `pinholeOf` an
 * anchor for the photo, `cropPinhole` of that for a part of it, any other for a picture of its own.
 *
 * This is R of the paper's L_pixel; pixels that the face does not cover keep what they hold.
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function renderFace(
  face: ColoredMesh,
  camera: ArrayLike<number>,
  light: ArrayLike<number>,
  pinhole: Pinhole,
  target: RasterTarget,
): void {
  const positions = toCameraFrame(face.positions, camera)
  const normals = vertexNormals(positions, face.triangles)
  const colors = shade({ positions, normals, colors: face.colors }, camera, light)
  rasterize({ positions, triangles: face.triangles, colors }, pinhole, target)
}
