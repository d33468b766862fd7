import { toCameraFrame, toCameraFrameBackward } from '../camera/camera-frame.ts'
import {
  type Anchor,
  type Pinhole,
  pinholeOf,
  toScreen,
  toScreenBackward,
} from '../camera/pinhole.ts'
import type { MeshDecoder } from '../decoder/mesh-decoder.ts'
import { shade, shadeBackward } from '../light/shade.ts'
import { vertexNormals, vertexNormalsBackward } from '../light/vertex-normals.ts'
import { splitDecoded } from '../raster/render-face.ts'
import type { ScreenMesh } from '../raster/render-pixels.ts'
import { type AnchorCrop, pinholeOfCrop } from './anchor-crop.ts'
import { partsOf } from './face-parameters.ts'

/** What turns parameters into a mesh on the crop. */
export interface FaceModel {
  readonly decoder: MeshDecoder
  /** [triangles, 3] vertex indices of the decoded mesh, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
  /** The anchor that P_cam is relative to. */
  readonly anchor: Anchor
}

/** Decoder, camera and light one after the other, with the way back. */
export class FaceChain {
  /** The mesh on the crop, after {@link forward}. */
  readonly mesh: ScreenMesh
  /** [vertices, 3] camera frame, after {@link forward}. */
  readonly positions: Float32Array
  readonly #model: FaceModel
  readonly #crop: AnchorCrop
  readonly #parameters: Float32Array
  readonly #decoded: Float32Array
  readonly #canonical: Float32Array
  readonly #albedo: Float32Array
  readonly #normals: Float32Array

  constructor(model: FaceModel, crop: AnchorCrop) {
    const { vertexCount } = model.decoder
    this.#parameters = new Float32Array(model.decoder.latentSize + 16)
    const vectors = () => new Float32Array(vertexCount * 3)
    this.#model = model
    this.#crop = crop
    this.#decoded = new Float32Array(vertexCount * 6)
    this.#canonical = vectors()
    this.#albedo = vectors()
    this.#normals = vectors()
    this.positions = vectors()
    this.mesh = { screen: vectors(), colors: vectors(), triangles: model.triangles }
  }

  /** The camera over the crop, after {@link forward}. */
  get pinhole(): Pinhole {
    const { camera } = partsOf(this.#parameters)
    return pinholeOfCrop(pinholeOf(camera, this.#model.anchor), this.#crop)
  }

  /** Computes {@link mesh} from parameters ([latentSize + 7 + 9]). */
  forward(parameters: Float32Array): ScreenMesh {
    this.#parameters.set(parameters)
    const { latent, camera, light } = partsOf(parameters)
    this.#model.decoder.decode(latent, this.#decoded)
    splitDecoded(this.#decoded, this.#canonical, this.#albedo)
    toCameraFrame(this.#canonical, camera, this.positions)
    vertexNormals(this.positions, this.#model.triangles, this.#normals)
    const surface = { positions: this.positions, normals: this.#normals, colors: this.#albedo }
    shade(surface, camera, light, this.mesh.colors)
    toScreen(this.positions, this.pinhole, this.mesh.screen)
    return this.mesh
  }

  /**
   * The gradient by the parameters of the last {@link forward}, from those by the mesh's screen
   * coordinates and colours ([vertices, 3] each).
   */
  backward(byScreen: Float32Array, byColors: Float32Array): Float32Array {
    const { latent, camera, light } = partsOf(this.#parameters)
    const gradient = new Float32Array(this.#parameters.length)
    const parts = partsOf(gradient)
    const { positions } = this
    const byPositions = new Float32Array(positions.length)
    const byNormals = new Float32Array(positions.length)
    const byAlbedo = new Float32Array(positions.length)
    const byFocalLength = toScreenBackward(positions, this.pinhole, byScreen, byPositions)
    parts.camera[6]! += byFocalLength * this.#model.anchor.size * this.#crop.scale
    shadeBackward(
      { positions, normals: this.#normals, colors: this.#albedo },
      camera,
      light,
      byColors,
      {
        positions: byPositions,
        normals: byNormals,
        colors: byAlbedo,
        camera: parts.camera,
        light: parts.light,
      },
    )
    vertexNormalsBackward(positions, this.#model.triangles, byNormals, byPositions)
    const byCanonical = new Float32Array(positions.length)
    toCameraFrameBackward(this.#canonical, camera, byPositions, byCanonical, parts.camera)
    this.#model.decoder.backward(latent, joinDecoded(byCanonical, byAlbedo), parts.latent)
    return gradient
  }
}

/** The opposite of `splitDecoded`. */
function joinDecoded(positions: Float32Array, colors: Float32Array): Float32Array {
  const joined = new Float32Array(positions.length * 2)
  for (let from = 0, to = 0; from < positions.length; from += 3, to += 6) {
    for (let k = 0; k < 3; k++) {
      joined[to + k] = positions[from + k]!
      joined[to + 3 + k] = colors[from + k]!
    }
  }
  return joined
}
