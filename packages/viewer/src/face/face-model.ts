import type { MeshDecoder, MorphTarget, MorphWeights } from '@retinaface/mesh-decoder'
import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/** What a viewer needs to change the faces that it was given. */
export interface FaceModel {
  /** Decodes latents, for `setLatent`; `createMeshDecoder` of `@retinaface/mesh-decoder` makes one. */
  readonly decoder?: MeshDecoder
  /** How the mesh moves, for `setExpressions` and in GLB files; `readMorphTargets` reads them. */
  readonly targets?: readonly MorphTarget[]
}

/** @throws {InvalidArgumentError} if there is no decoder. */
export function decoderOf({ decoder }: FaceModel): MeshDecoder {
  if (decoder) return decoder
  throw new InvalidArgumentError('options.decoder', 'a mesh decoder, for setLatent', undefined)
}

/**
 * The targets that weights are of.
 *
 * @throws {InvalidArgumentError} if there are none, none of these names, or the weights are no numbers.
 */
export function targetsOf({ targets }: FaceModel, weights: MorphWeights): readonly MorphTarget[] {
  if (!targets) {
    const expected = 'morph targets, for setExpressions'
    throw new InvalidArgumentError('options.targets', expected, undefined)
  }
  checkWeights('weights', weights)
  const unknown = Object.keys(weights).find((key) => !targets.some(({ name }) => name === key))
  if (unknown !== undefined) {
    throw new InvalidArgumentError('weights', 'the names of morph targets, as jawOpen', unknown)
  }
  return targets
}

/** Checks that coefficients are numbers by name. */
export function checkWeights(argument: string, weights: MorphWeights): void {
  if (typeof weights !== 'object' || weights === null) {
    throw new InvalidArgumentError(argument, 'an object of numbers', weights)
  }
  for (const [name, weight] of Object.entries(weights)) {
    if (!Number.isFinite(weight)) {
      throw new InvalidArgumentError(`${argument}.${name}`, 'a finite number', weight)
    }
  }
}
