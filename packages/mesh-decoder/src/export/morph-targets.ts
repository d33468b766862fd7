import { checkLength } from '../camera/check-length.ts'
import { WeightFileError } from '../errors/mesh-errors.ts'
import { vertexNormals } from '../light/vertex-normals.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { sample } from '../topology/subdivide-midpoint.ts'
import { readTensorFile } from '../weights/read-tensor-file.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { GltfBuffer } from './gltf-buffer.ts'
import type { Keyframe, MorphWeights } from './keyframe.ts'

/** How a mesh moves when a coefficient of expression goes from 0 to 1. */
export interface MorphTarget {
  /** As ARKit names it: `'jawOpen'`. */
  readonly name: string
  /** [vertices, 3] canonical frame, centimetres. */
  readonly displacements: Float32Array
}

/** Targets of a mesh, how far each has gone, and how the face goes on. */
export interface Morph {
  readonly targets: readonly MorphTarget[]
  /** The expression that the mesh has; what is not named is 0. */
  readonly weights?: MorphWeights
  /** What the face does in time, in order: an animation of the file. */
  readonly keyframes?: readonly Keyframe[]
}

// Centimetres, and parts of a normal's length: what moves less is left out of files.
const leastMove = 0.005
const leastTurn = 0.01
const metresPerCentimetre = 0.01

/**
 * Reads how the vertices of the finest level move with each coefficient of expression.
 *
 * @param bytes the file that `expressionTargets` of `@retinaface/models` names, of the level below
 * @throws WeightFileError if it is damaged, or of another mesh.
 */
export function readMorphTargets(bytes: Uint8Array, topology: MeshTopology): MorphTarget[] {
  const file = readTensorFile(bytes)
  const names = readNames(file.metadata.get('coefficients'))
  const coarse = topology.levels.at(-2)!.positions.length
  const values = takeFloats(file, 'targets', [names.length, coarse / 3, 3])
  return names.map((name, i) => ({
    name,
    displacements: sample(
      topology.upsamplings.at(-1)!,
      values.subarray(i * coarse, (i + 1) * coarse),
      3,
    ),
  }))
}

/**
 * The face without its expression: where the weights of all targets are 0.
 *
 * @param positions [vertices, 3] of the face as it is, canonical frame, centimetres
 * @throws InvalidArgumentError if the targets are of another mesh.
 */
export function withoutExpression(positions: Float32Array, morph: Morph): Float32Array {
  return move(positions.slice(), morph, -1)
}

/**
 * A face with an expression.
 *
 * @param neutral [vertices, 3] of the face where all weights are 0, canonical frame, centimetres
 * @param dst [vertices, 3] where it goes
 * @throws InvalidArgumentError if the targets are of another mesh.
 *
 * @example
 * const neutral = withoutExpression(face.mesh.canonical, { targets, weights: face.expressions })
 * const surprised = withExpression(neutral, { targets, weights: { jawOpen: 0.7, browInnerUp: 1 } })
 */
export function withExpression(
  neutral: Float32Array,
  morph: Morph,
  dst: Float32Array = new Float32Array(neutral.length),
): Float32Array {
  dst.set(neutral)
  return move(dst, morph, 1)
}

/** Moves positions in place, as far as the weights say or back. */
function move(
  positions: Float32Array,
  { targets, weights = {} }: Morph,
  direction: 1 | -1,
): Float32Array {
  for (const { name, displacements } of targets) {
    checkLength(`morph.targets.${name}`, displacements, positions.length)
    const weight = direction * (weights[name] ?? 0)
    if (weight === 0) continue
    for (let i = 0; i < positions.length; i++) positions[i]! += weight * displacements[i]!
  }
  return positions
}

/** Adds targets to a glTF file: the `targets` of a primitive, positions in metres. */
export function addTargets(
  file: GltfBuffer,
  neutral: Float32Array,
  triangles: Int32Array,
  targets: readonly MorphTarget[],
): { POSITION: number; NORMAL: number }[] {
  const normals = vertexNormals(neutral, triangles)
  return targets.map(({ displacements }) => {
    const moved = neutral.map((value, i) => value + displacements[i]!)
    const turns = vertexNormals(moved, triangles).map((value, i) => value - normals[i]!)
    const moves = displacements.map((value) => value * metresPerCentimetre)
    return {
      POSITION: file.addSparseFloats(moves, leastMove * metresPerCentimetre),
      NORMAL: file.addSparseFloats(turns, leastTurn),
    }
  })
}

function readNames(text = ''): string[] {
  try {
    const names: unknown = JSON.parse(text)
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new WeightFileError(
    'Expected the weight file of morph targets, with their names in the metadata "coefficients", but found another.',
  )
}
