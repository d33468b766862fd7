import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  DynamicDrawUsage,
  FrontSide,
  GLSL3,
  type Material,
  Matrix3,
  type Matrix4,
  Mesh,
  type Object3D,
  RawShaderMaterial,
  type Texture,
  Vector2,
  Vector3,
} from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import type { ViewerOptions } from '../options/viewer-options.ts'
import type { PictureSize } from '../picture/picture-camera.ts'
import { lightFace } from '../scene/face-light.ts'
import { FACE_FRAGMENT_SHADER, FACE_VERTEX_SHADER, MATERIAL_CODES } from './face-shader.ts'

/** The photo as every face's shader reads it. */
export interface PhotoUniforms {
  readonly photo: { value: Texture | null }
  readonly hasPhoto: { value: boolean }
}

/** A face in three's scene: its geometry wraps the arrays of the shown face. */
export class FaceObject {
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>
  private readonly uniforms
  private readonly solid: Mesh
  private version = -1
  private readonly face: ShownFace

  /** @param occluder writes depth without colour */
  constructor(face: ShownFace, photo: PhotoUniforms, occluder: Material) {
    this.face = face
    this.uniforms = {
      ...photo,
      cameraRotation: { value: new Matrix3() },
      lightPosition: { value: new Vector3() },
      lightColor: { value: new Vector3() },
      ambientColor: { value: new Vector3() },
      photographer: { value: new Vector3() },
      pictureSize: { value: new Vector2() },
      depths: { value: new Vector2() },
      material: { value: 0 },
    }
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: FACE_VERTEX_SHADER,
      fragmentShader: FACE_FRAGMENT_SHADER,
      uniforms: this.uniforms,
    })
    this.mesh = new Mesh(geometryOf(face), material)
    this.mesh.matrixAutoUpdate = false
    this.mesh.frustumCulled = false
    // A wireframe hides its far side by the depth of the surface that is not drawn.
    this.solid = new Mesh(this.mesh.geometry, occluder)
    this.solid.matrixAutoUpdate = false
    this.solid.frustumCulled = false
    this.solid.renderOrder = -1
  }

  get all(): Object3D[] {
    return [this.mesh, this.solid]
  }

  hide(): void {
    this.mesh.visible = false
    this.solid.visible = false
  }

  /** Brings what is drawn up to date. */
  sync(options: ViewerOptions, picture: PictureSize, view: Matrix4): void {
    const { face, mesh, solid, uniforms } = this
    if (this.version !== face.version) {
      this.version = face.version
      for (const name of ['position', 'normal', 'color', 'imagePosition']) {
        mesh.geometry.getAttribute(name).needsUpdate = true
      }
      uniforms.cameraRotation.value.setFromMatrix4(face.placement.cameraRotation)
      photographerOf(face, uniforms.photographer.value)
      depthRange(face.imagePositions, uniforms.depths.value)
    }
    mesh.visible = true
    mesh.matrix.copy(face.placement.matrix)
    mesh.matrixWorldNeedsUpdate = true
    solid.visible = options.material === 'wireframe'
    solid.matrix.copy(face.placement.matrix)
    solid.matrixWorldNeedsUpdate = true
    mesh.material.side = options.scene === 'overlay' ? FrontSide : DoubleSide
    mesh.material.wireframe = options.material === 'wireframe'
    mesh.material.transparent = options.material === 'wireframe'
    uniforms.material.value = MATERIAL_CODES[options.material]
    uniforms.pictureSize.value.set(picture.width, picture.height)
    light.position = uniforms.lightPosition.value
    light.color = uniforms.lightColor.value
    light.ambient = uniforms.ambientColor.value
    lightFace(face, options.light, view, light)
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }
}

/** What {@link lightFace} writes to: filled in for each face, so that none is allocated. */
const light = { position: new Vector3(), color: new Vector3(), ambient: new Vector3() }

function geometryOf(face: ShownFace): BufferGeometry {
  const geometry = new BufferGeometry()
  const { positions, normals, colors, imagePositions, triangles } = face
  const attributes = {
    position: positions,
    normal: normals,
    color: colors,
    imagePosition: imagePositions,
  }
  for (const [name, array] of Object.entries(attributes)) {
    geometry.setAttribute(name, new BufferAttribute(array, 3).setUsage(DynamicDrawUsage))
  }
  const Indices = positions.length / 3 < 2 ** 16 ? Uint16Array : Uint32Array
  return geometry.setIndex(new BufferAttribute(Indices.from(triangles), 1))
}

/** The photographer's place in the canonical frame: −Rᵀ t. */
function photographerOf({ camera, placement }: ShownFace, dst: Vector3): void {
  const r = placement.cameraRotation.elements
  const [x, y, z] = [camera[0]!, camera[1]!, camera[2]!]
  dst.set(
    -(r[0]! * x + r[1]! * y + r[2]! * z),
    -(r[4]! * x + r[5]! * y + r[6]! * z),
    -(r[8]! * x + r[9]! * y + r[10]! * z),
  )
}

function depthRange(positions: Float32Array, dst: Vector2): void {
  dst.set(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
  for (let i = 2; i < positions.length; i += 3) {
    const depth = positions[i]!
    if (depth < dst.x) dst.x = depth
    if (depth > dst.y) dst.y = depth
  }
}
