import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { expectOptions } from '../errors/expect-options.ts'

/** How meshes are made. */
export interface MeshOptions {
  /** Colours: the decoder's reflectance or what the photograph shows. Default `'model'`. */
  readonly texture?: 'model' | 'image'
  /** Steps of analysis by synthesis that fit each mesh to the photograph, up to 100. Default 0. */
  readonly refine?: number
  /** Give unit normals too. Default false. */
  readonly normals?: boolean
}

/** Options of meshes with every default filled in. */
export type ResolvedMeshOptions = Required<MeshOptions>

/**
 * Fills in defaults and checks every option.
 *
 * @throws {InvalidArgumentError}
 */
export function resolveMeshOptions(options: MeshOptions): ResolvedMeshOptions {
  expectOptions(options, ['texture', 'refine', 'normals'], 'options.mesh')
  const { texture = 'model', refine = 0, normals = false } = options
  if (texture !== 'model' && texture !== 'image') {
    throw new InvalidArgumentError('options.mesh.texture', "'model' or 'image'", texture)
  }
  if (!(Number.isInteger(refine) && refine >= 0 && refine <= 100)) {
    throw new InvalidArgumentError('options.mesh.refine', 'an integer from 0 to 100', refine)
  }
  if (typeof normals !== 'boolean') {
    throw new InvalidArgumentError('options.mesh.normals', 'true or false', normals)
  }
  return { texture, refine, normals }
}
