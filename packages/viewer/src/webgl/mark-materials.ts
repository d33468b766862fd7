import { GLSL3, RawShaderMaterial } from 'three'

const VERTEX_SHADER = `
precision highp float;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform float pointSize;
in vec3 position;
in vec3 color;
out vec3 shade;
void main() {
  shade = color;
  gl_PointSize = pointSize;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`

const SOLID_SHADER = `
precision highp float;
in vec3 shade;
out vec4 fragment;
void main() {
  fragment = vec4(shade, 1.0);
}
`

/** A disc with a dark rim. */
const DISC_SHADER = `
precision highp float;
in vec3 shade;
out vec4 fragment;
void main() {
  float radius = length(gl_PointCoord - 0.5) * 2.0;
  if (radius > 1.0) discard;
  fragment = vec4(radius > 0.7 ? vec3(0.08) : shade, 1.0);
}
`

/** What marks are drawn with, over everything else. */
export interface MarkMaterials {
  readonly solid: RawShaderMaterial
  readonly disc: RawShaderMaterial
  /** Writes depth only, a little farther away than what it is drawn for. */
  readonly occluder: RawShaderMaterial
}

/** Materials for bars and frames, and for points. */
export function markMaterials(): MarkMaterials {
  const uniforms = { pointSize: { value: 8 } }
  const shared = { glslVersion: GLSL3, vertexShader: VERTEX_SHADER, uniforms, depthTest: false }
  return {
    solid: new RawShaderMaterial({ ...shared, fragmentShader: SOLID_SHADER }),
    disc: new RawShaderMaterial({ ...shared, fragmentShader: DISC_SHADER }),
    occluder: new RawShaderMaterial({
      ...shared,
      fragmentShader: SOLID_SHADER,
      depthTest: true,
      colorWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: 1,
      polygonOffsetUnits: 1,
    }),
  }
}
