import type { ViewerOptions } from '../options/viewer-options.ts'
import { CLAY, DEPTH_RAMP, INSIDE, PHOTO_FADE, WIRE, WIRE_OPACITY } from '../scene/appearance.ts'

/** What the shader calls the materials. */
export const MATERIAL_CODES: Readonly<Record<ViewerOptions['material'], number>> = {
  model: 0,
  photo: 1,
  normals: 2,
  depth: 3,
  wireframe: 4,
  clay: 5,
}

const vector = (values: readonly number[]) =>
  `vec${values.length}(${values.map((value) => value.toFixed(4)).join(', ')})`

/**
 * P_ill at the vertices (docs/coordinate-frames.md): ρ (a + c max(0, n · l)) on sRGB-encoded
 * colours, in the canonical frame, with `lightPosition` = R(ω)ᵀ L.
 */
export const FACE_VERTEX_SHADER: string = `
precision highp float;
precision highp int;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform mat3 cameraRotation;
uniform vec3 lightPosition;
uniform vec3 lightColor;
uniform vec3 ambientColor;
uniform vec3 photographer;
uniform vec2 pictureSize;
uniform vec2 depths;
uniform int material;
in vec3 position;
in vec3 normal;
in vec3 color;
in vec3 imagePosition;
out vec3 shade;
out vec2 photoPlace;
out float photoFacing;

vec3 lit(vec3 reflectance) {
  vec3 toLight = lightPosition - position;
  float facing = dot(normal, toLight);
  float diffuse = facing > 0.0 ? facing / length(toLight) : 0.0;
  return reflectance * (ambientColor + lightColor * diffuse);
}

vec3 ramp(float share) {
  vec3 near = ${vector(DEPTH_RAMP[0])}, middle = ${vector(DEPTH_RAMP[1])}, far = ${vector(DEPTH_RAMP[2])};
  return share < 0.5 ? mix(near, middle, share * 2.0) : mix(middle, far, share * 2.0 - 1.0);
}

void main() {
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  photoPlace = imagePosition.xy / pictureSize;
  photoFacing = dot(normal, normalize(photographer - position));
  if (material == ${MATERIAL_CODES.normals}) {
    shade = cameraRotation * normal * 0.5 + 0.5;
  } else if (material == ${MATERIAL_CODES.depth}) {
    shade = ramp(clamp((imagePosition.z - depths.x) / (depths.y - depths.x), 0.0, 1.0));
  } else if (material == ${MATERIAL_CODES.wireframe}) {
    shade = ${vector(WIRE)};
  } else {
    shade = lit(material == ${MATERIAL_CODES.clay} ? ${vector(CLAY)} : color);
  }
}
`

export const FACE_FRAGMENT_SHADER: string = `
precision highp float;
precision highp int;
uniform sampler2D photo;
uniform bool hasPhoto;
uniform int material;
in vec3 shade;
in vec2 photoPlace;
in float photoFacing;
out vec4 fragment;

void main() {
  vec3 seen = shade;
  if (material == ${MATERIAL_CODES.photo} && hasPhoto) {
    bool isInside = all(greaterThanEqual(photoPlace, vec2(0.0))) && all(lessThanEqual(photoPlace, vec2(1.0)));
    float share = isInside ? smoothstep(${PHOTO_FADE[0].toFixed(4)}, ${PHOTO_FADE[1].toFixed(4)}, photoFacing) : 0.0;
    seen = mix(seen, texture(photo, photoPlace).rgb, share);
  }
  if (!gl_FrontFacing && material != ${MATERIAL_CODES.wireframe}) seen = ${vector(INSIDE)};
  fragment = vec4(seen, material == ${MATERIAL_CODES.wireframe} ? ${WIRE_OPACITY} : 1.0);
}
`
