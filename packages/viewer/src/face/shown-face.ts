import {
  anchorToImage,
  type MeshDecoder,
  type MorphTarget,
  type MorphWeights,
  projectToAnchor,
  vertexNormals,
  withExpression,
  withoutExpression,
} from '@retinaface/mesh-decoder'
import { type Ball, boundingBall } from './bounding-ball.ts'
import type { DrawableFace } from './check-faces.ts'
import { decodeInto } from './decode-into.ts'
import { liftLandmarks } from './lift-landmarks.ts'
import { createPlacement, type Placement } from './placement.ts'
import type { ViewerMesh } from './viewer-face.ts'

/**
 * A face that is shown: arrays of its own, which frames of a video are copied into, so that nothing
 * is allocated for them.
 */
export class ShownFace {
  /** Its place in the list that the viewer was given. */
  index = 0
  /** True once another has taken its place: what is held for it can be freed. */
  isReplaced = false
  /** Changes whenever the arrays do. */
  version = 0
  /** [vertices, 3] canonical frame, centimetres. */
  readonly positions: Float32Array
  /** [vertices, 3] unit normals, canonical frame. */
  readonly normals: Float32Array
  /** [vertices, 3] sRGB-encoded, 0..1. */
  readonly colors: Float32Array
  /** [vertices, 3] x, y and depth in pixels of the upright picture. */
  readonly imagePositions: Float32Array
  /** [triangles, 3] vertex indices. */
  readonly triangles: Int32Array
  readonly camera: Float32Array = new Float32Array(7)
  /** P_ill, or what a studio has; see {@link hasLight}. */
  readonly light: Float32Array = new Float32Array(9)
  hasLight = false
  readonly anchor: { readonly centre: [x: number, y: number]; size: number } = {
    centre: [0, 0],
    size: 1,
  }
  /** [points, 3] camera frame, centimetres: on the mesh, where the picture has the landmarks. */
  readonly landmarks: Float32Array = new Float32Array(15)
  landmarkCount = 0
  uv: Float32Array | undefined
  /** About the mesh, in the canonical frame. */
  readonly ball: Ball = { centre: [0, 0, 0], radius: 0 }
  /** Where the scene has put it. */
  readonly placement: Placement = createPlacement()
  /** What its mesh shows: what is not named is 0. */
  weights: MorphWeights = {}
  /** The expression that the face was found with. */
  private found: MorphWeights = {}
  /** [vertices, 3] without expression; once it was asked for another. */
  private neutral: Float32Array | undefined
  private source: ViewerMesh['triangles'] | undefined

  constructor(vertexCount: number, triangleCount: number) {
    this.positions = new Float32Array(vertexCount * 3)
    this.normals = new Float32Array(vertexCount * 3)
    this.colors = new Float32Array(vertexCount * 3)
    this.imagePositions = new Float32Array(vertexCount * 3)
    this.triangles = new Int32Array(triangleCount * 3)
  }

  /** Focal length over the picture, in its pixels. */
  get focalLength(): number {
    return this.camera[6]! * this.anchor.size
  }

  /** True if a mesh has as many vertices and the same triangles. */
  fits(mesh: ViewerMesh): boolean {
    if (mesh.canonical.length !== this.positions.length) return false
    if (mesh.triangles === this.source) return true
    if (mesh.triangles.length !== this.triangles.length) return false
    for (let i = 0; i < this.triangles.length; i++) {
      if (mesh.triangles[i] !== this.triangles[i]) return false
    }
    return true
  }

  /** Shows a checked face whose mesh fits. */
  set(face: DrawableFace, index: number): void {
    const { mesh, anchor } = face
    this.index = index
    if (this.source === undefined) this.triangles.set(mesh.triangles)
    this.source = mesh.triangles
    this.positions.set(mesh.canonical)
    this.colors.set(mesh.colors)
    this.imagePositions.set(mesh.positions)
    if (mesh.normals) this.normals.set(mesh.normals)
    else vertexNormals(this.positions, this.triangles, this.normals)
    this.uv = mesh.uv
    this.camera.set(face.camera)
    this.hasLight = face.light !== undefined
    if (face.light) this.light.set(face.light)
    this.anchor.centre[0] = anchor.centre[0]
    this.anchor.centre[1] = anchor.centre[1]
    this.anchor.size = anchor.size
    this.found = face.expressions ?? {}
    this.weights = this.found
    this.neutral = undefined
    liftLandmarks(this, face.landmarks)
    boundingBall(this.positions, this.ball)
    this.version++
  }

  /** Shows what the decoder makes of other latents, with the same camera and light and the found expression. */
  decode(decoder: MeshDecoder, latent: Float32Array): void {
    decodeInto(decoder, latent, this.positions, this.colors)
    this.weights = this.found
    this.neutral = undefined
    this.moved()
  }

  /** Shows another expression, with the same camera and light. */
  express(targets: readonly MorphTarget[], weights: MorphWeights): void {
    this.neutral ??= withoutExpression(this.positions, { targets, weights: this.weights })
    withExpression(this.neutral, { targets, weights }, this.positions)
    this.weights = weights
    this.moved()
  }

  private moved(): void {
    vertexNormals(this.positions, this.triangles, this.normals)
    projectToAnchor(this.positions, this.camera, this.imagePositions)
    anchorToImage(this.imagePositions, this.anchor, this.imagePositions)
    this.version++
  }
}
