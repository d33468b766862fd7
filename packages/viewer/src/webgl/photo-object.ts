import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  GLSL3,
  LinearFilter,
  LinearMipmapLinearFilter,
  type Matrix4,
  Mesh,
  NoColorSpace,
  RawShaderMaterial,
} from 'three'
import type { Picture } from '../picture/picture.ts'
import type { PhotoUniforms } from './face-object.ts'

const VERTEX_SHADER = `
precision highp float;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
in vec3 position;
out vec2 place;
void main() {
  place = position.xy;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`

const FRAGMENT_SHADER = `
precision highp float;
uniform sampler2D photo;
in vec2 place;
out vec4 fragment;
void main() {
  fragment = vec4(texture(photo, place).rgb, 1.0);
}
`

/** The photo: a texture that faces read too, and the rectangle that shows it. */
export class PhotoObject {
  readonly uniforms: PhotoUniforms = { photo: { value: null }, hasPhoto: { value: false } }
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>
  private version = -1
  private width = 0
  private height = 0

  constructor() {
    const corners = new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0])
    const geometry = new BufferGeometry()
      .setAttribute('position', new BufferAttribute(corners, 3))
      .setIndex([0, 1, 2, 0, 2, 3])
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX_SHADER,
      fragmentShader: FRAGMENT_SHADER,
      uniforms: { photo: this.uniforms.photo },
      side: DoubleSide,
    })
    this.mesh = new Mesh(geometry, material)
    this.mesh.matrixAutoUpdate = false
    this.mesh.frustumCulled = false
    this.mesh.renderOrder = -2
  }

  /** Brings what is drawn up to date. */
  sync(picture: Picture, place: Matrix4): void {
    this.uniforms.hasPhoto.value = picture.size !== undefined
    this.mesh.matrix.copy(place)
    this.mesh.matrixWorldNeedsUpdate = true
    if (this.version === picture.version) return
    this.version = picture.version
    if (picture.size) this.upload(picture.canvas)
    else this.release()
  }

  /** Textures cannot change their size: another size takes another one. */
  private upload(canvas: HTMLCanvasElement): void {
    if (canvas.width !== this.width || canvas.height !== this.height) this.release()
    const texture = this.uniforms.photo.value ?? textureOf(canvas)
    this.width = canvas.width
    this.height = canvas.height
    texture.needsUpdate = true
    this.uniforms.photo.value = texture
  }

  private release(): void {
    this.uniforms.photo.value?.dispose()
    this.uniforms.photo.value = null
  }

  dispose(): void {
    this.release()
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }
}

/** The photo with its rows from the top, its colours as they are stored. */
function textureOf(canvas: HTMLCanvasElement): CanvasTexture {
  const texture = new CanvasTexture(canvas)
  texture.flipY = false
  texture.colorSpace = NoColorSpace
  texture.magFilter = LinearFilter
  texture.minFilter = LinearMipmapLinearFilter
  texture.anisotropy = 4
  return texture
}
