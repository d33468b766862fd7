import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { vertexNormals } from '../light/vertex-normals.ts'
import { addAnimation } from './animate.ts'
import { checkExportMesh, clip, type ExportMesh } from './export-mesh.ts'
import { GltfBuffer } from './gltf-buffer.ts'
import { addTargets, type Morph, withoutExpression } from './morph-targets.ts'

/** A picture in a file format that glTF knows, as `encodePng` makes one. */
export interface EncodedTexture {
  readonly bytes: Uint8Array
  readonly mimeType: 'image/png' | 'image/jpeg'
}

const METRES_PER_CENTIMETRE = 0.01

/**
 * A binary glTF 2.0 file (GLB) of a face: positions in metres, normals, texture coordinates if there
 * are any, and its colours.
 *
 * Vertex colours become COLOR_0, linear as glTF wants it, on a rough, non-metallic material. A
 * texture needs `mesh.uv`, takes the place of vertex colours and, since a photo has its light in it,
 * is shown unlit (KHR_materials_unlit).
 *
 * With `morph` the mesh is the face without its expression, and has a morph target for each coefficient,
 * by name, set as far as the face has gone; with `morph.keyframes` an animation, in which the head turns too.
 *
 * @example
 * const targets = readMorphTargets(bytes, topology)
 * const { canonical: positions, triangles, colors } = face.mesh
 * const glb = writeGlb({ positions, triangles, colors }, undefined, { targets, weights: face.expressions })
 *
 * @throws InvalidArgumentError if the arrays do not fit one another, or the keyframes are not in order.
 */
export function writeGlb(mesh: ExportMesh, texture?: EncodedTexture, morph?: Morph): Uint8Array {
  checkExportMesh(mesh)
  if (texture && !mesh.uv) {
    throw new InvalidArgumentError('mesh.uv', 'texture coordinates, for the texture,', undefined)
  }
  const { triangles, colors, uv } = mesh
  const positions = morph ? withoutExpression(mesh.positions, morph) : mesh.positions
  const file = new GltfBuffer()
  const attributes = {
    POSITION: file.addFloats(
      positions.map((x) => x * METRES_PER_CENTIMETRE),
      3,
      true,
    ),
    NORMAL: file.addFloats(vertexNormals(positions, triangles), 3),
    ...(uv && { TEXCOORD_0: file.addFloats(uv, 2) }),
    ...(colors && !texture && { COLOR_0: file.addFloats(colors.map(toLinear), 3) }),
  }
  const primitive = {
    attributes,
    indices: file.addIndices(triangles),
    material: 0,
    ...(morph && { targets: addTargets(file, positions, triangles, morph.targets) }),
  }
  const image = texture && { bufferView: file.addBytes(texture.bytes), mimeType: texture.mimeType }
  return file.toGlb({
    asset: { version: '2.0', generator: 'RetinaFace' },
    ...(image && { extensionsUsed: ['KHR_materials_unlit'] }),
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: 'face' }],
    meshes: [{ primitives: [primitive], name: 'face', ...(morph && morphOf(morph)) }],
    materials: [materialOf(image !== undefined)],
    ...(morph?.keyframes && {
      animations: [addAnimation(file, morph.targets, morph.keyframes)],
    }),
    ...(image && { textures: [{ source: 0 }], images: [image] }),
  })
}

function morphOf({ targets, weights = {} }: Morph): object {
  return {
    weights: targets.map(({ name }) => weights[name] ?? 0),
    extras: { targetNames: targets.map(({ name }) => name) },
  }
}

function materialOf(textured: boolean): object {
  return {
    pbrMetallicRoughness: {
      metallicFactor: 0,
      roughnessFactor: 1,
      ...(textured && { baseColorTexture: { index: 0 } }),
    },
    doubleSided: true,
    ...(textured && { extensions: { KHR_materials_unlit: {} } }),
  }
}

/** Light of an sRGB-encoded sample (IEC 61966-2-1). */
function toLinear(encoded: number): number {
  const value = clip(encoded)
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
