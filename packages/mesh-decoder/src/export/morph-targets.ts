import { checkLength } from '../camera/check-length.ts'
import type { Pose } from '../camera/pose.ts'
import { WeightFileError } from '../errors/mesh-errors.ts'
import { vertexNormals } from '../light/vertex-normals.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { sample } from '../topology/subdivide-midpoint.ts'
import { readTensorFile } from '../weights/read-tensor-file.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { GltfBuffer } from './gltf-buffer.ts'

/** How a mesh moves when a coefficient of expression goes from 0 to 1. */
export interface MorphTarget {
  /** As ARKit names it: `'jawOpen'`. */
  readonly name: string
  /** [vertices, 3] canonical frame, centimetres. */
  readonly displacements: Float32Array
}

/** Coefficients of expression by name, 0 to 1. */
export type MorphWeights = Readonly<Partial<Record<string, number>>>

/** Targets of a mesh, how far each has gone, and how the face goes on. */
export interface Morph {
  readonly targets: readonly MorphTarget[]
  /** The expression that the mesh has; what is not named is 0. */
  readonly weights?: MorphWeights
  /** What the face does in time, in order: an animation of the file. */
  readonly keyframes?: readonly Keyframe[]
}

/** What a face does at a moment. */
export interface Keyframe {
  /** Seconds from 0. */
  readonly time: number
  /** What is not named is 0. */
  readonly weights: MorphWeights
  /** How the head is turned. */
  readonly pose: Pose
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
export function withoutExpression(
  positions: Float32Array,
  { targets, weights = {} }: Morph,
): Float32Array {
  const neutral = positions.slice()
  for (const { name, displacements } of targets) {
    checkLength(`morph.targets.${name}`, displacements, positions.length)
    const weight = weights[name] ?? 0
    if (weight === 0) continue
    displacements.forEach((move, i) => {
      neutral[i]! -= weight * move
    })
  }
  return neutral
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
