import { Matrix4, Quaternion, Vector3 } from 'three'
import { AppError } from '../content/app-error.ts'
import type { LooseMesh } from '../content/stand-mesh.ts'
import { readAccessor } from './glb-accessor.ts'
import { GlbBudget } from './glb-budget.ts'
import { GlbColors } from './glb-colors.ts'
import { type Glb, type GltfNode, type GltfPrimitive, openGlb } from './glb-document.ts'
import { quote } from './read-picture.ts'

const TRIANGLES = 4
const CENTIMETRES_PER_METRE = 100

/** A part of a mesh, in the scene's frame. */
interface Part {
  /** [vertices, 3] centimetres. */
  readonly positions: Float32Array
  /** [vertices, 3] sRGB-encoded. */
  readonly colors: Float32Array
  /** [triangles, 3] */
  readonly triangles: Uint32Array
}

/**
 * Reads all triangles of a GLB as one mesh: vertex colours, or those of its texture at the vertices.
 * Nothing but the file itself is read. Other work of the page goes on meanwhile.
 *
 * @throws {AppError} if it is damaged, compressed, or has no triangles.
 */
export async function readGlb(
  bytes: Uint8Array,
  file: { readonly name: string },
  signal?: AbortSignal,
): Promise<LooseMesh> {
  const parts = await readParts(bytes, new GlbBudget(signal)).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      `${quote(file)} could not be read.`,
      `It should be a GLB with a mesh inside, but ${reason}. Export it again.`,
      error,
    )
  })
  if (parts.length > 0) return join(parts)
  throw new AppError(
    `${quote(file)} has no mesh.`,
    'It should be a GLB with triangles, as “retinaface mesh” and this page save them.',
  )
}

async function readParts(bytes: Uint8Array, budget: GlbBudget): Promise<Part[]> {
  const glb = openGlb(bytes)
  const compression = glb.document.extensionsRequired?.find((name) => /draco|meshopt/.test(name))
  if (compression) throw new Error(`it is compressed (${compression}), which is not read`)
  const colors = new GlbColors(glb, budget)
  const parts: Part[] = []
  for (const { mesh, matrix } of placedMeshes(glb, budget)) {
    for (const primitive of glb.document.meshes?.[mesh]?.primitives ?? []) {
      budget.spend('primitives', 1)
      await budget.giveWay()
      if ((primitive.mode ?? TRIANGLES) !== TRIANGLES) continue
      const shape = readShape(glb, primitive, matrix)
      budget.spend('vertices', shape.positions.length / 3)
      budget.spend('triangles', shape.triangles.length / 3)
      parts.push({ ...shape, colors: await colors.of(primitive, shape.positions.length / 3) })
    }
  }
  return parts
}

interface PlacedMesh {
  readonly mesh: number
  readonly matrix: Matrix4
}

/** The meshes of the scene, where their nodes put them. */
function* placedMeshes({ document }: Glb, budget: GlbBudget): Generator<PlacedMesh> {
  const roots = document.scenes?.[document.scene ?? 0]?.nodes ?? []
  budget.spend('nodes', roots.length)
  const waiting = roots.map((index) => ({ index, parent: new Matrix4() }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = document.nodes?.[next.index]
    if (!node) throw new Error('a node is missing')
    const matrix = next.parent.clone().multiply(matrixOf(node))
    if (node.mesh !== undefined) yield { mesh: node.mesh, matrix }
    const children = node.children ?? []
    budget.spend('nodes', children.length)
    for (const index of children) waiting.push({ index, parent: matrix })
  }
}

function matrixOf({ matrix, translation, rotation, scale }: GltfNode): Matrix4 {
  if (matrix?.length === 16) return new Matrix4().fromArray(matrix)
  return new Matrix4().compose(
    new Vector3().fromArray(translation ?? [0, 0, 0]),
    new Quaternion().fromArray(rotation ?? [0, 0, 0, 1]),
    new Vector3().fromArray(scale ?? [1, 1, 1]),
  )
}

function readShape(glb: Glb, primitive: GltfPrimitive, matrix: Matrix4): Omit<Part, 'colors'> {
  const place = primitive.attributes?.POSITION
  if (place === undefined) throw new Error('a mesh has no positions')
  const { values, count, width } = readAccessor(glb, place)
  if (width !== 3) throw new Error('its positions are not in three dimensions')
  const positions = new Float32Array(values.length)
  const point = new Vector3()
  for (let i = 0; i < values.length; i += 3) {
    point.fromArray(values, i).applyMatrix4(matrix).multiplyScalar(CENTIMETRES_PER_METRE)
    point.toArray(positions, i)
  }
  if (!positions.every(Number.isFinite)) throw new Error('a position is no finite number')
  const triangles = readTriangles(glb, primitive, count)
  if (matrix.determinant() < 0) turnOver(triangles)
  return { positions, triangles }
}

function readTriangles(glb: Glb, { indices }: GltfPrimitive, vertices: number): Uint32Array {
  const all =
    indices === undefined
      ? Uint32Array.from({ length: vertices }, (_, i) => i)
      : Uint32Array.from(readAccessor(glb, indices).values)
  const whole = all.subarray(0, all.length - (all.length % 3))
  if (whole.some((vertex) => vertex >= vertices)) throw new Error('a triangle has no such vertex')
  return whole
}

/** What a node mirrors is wound the other way round. */
function turnOver(triangles: Uint32Array): void {
  for (let i = 0; i < triangles.length; i += 3) {
    const second = triangles[i + 1]!
    triangles[i + 1] = triangles[i + 2]!
    triangles[i + 2] = second
  }
}

function join(parts: readonly Part[]): LooseMesh {
  let before = 0
  const triangles = parts.map((part) => {
    const shifted = part.triangles.map((vertex) => vertex + before)
    before += part.positions.length / 3
    return shifted
  })
  return {
    canonical: concat(
      Float32Array,
      parts.map(({ positions }) => positions),
    ),
    colors: concat(
      Float32Array,
      parts.map(({ colors }) => colors),
    ),
    triangles: concat(Uint32Array, triangles),
  }
}

function concat<Values extends Float32Array | Uint32Array>(
  Kind: new (length: number) => Values,
  parts: readonly Values[],
): Values {
  const whole = new Kind(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
