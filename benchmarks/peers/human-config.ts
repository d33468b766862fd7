import type { FoundFace, Point } from '../protocol/contender.ts'
import { middleOf } from '../support/middle-of.ts'
import type { TensorFlow } from './tensorflow.ts'

/** What is used of Human, in Node.js and in the browser. */
export interface Human {
  readonly tf: TensorFlow
  load(): Promise<void>
  detect(picture: unknown): Promise<HumanResult>
}

/** What Human found. */
export interface HumanResult {
  readonly error: string | null
  readonly face: readonly {
    readonly boxScore: number
    /** x, y, width, height. */
    readonly box: readonly [number, number, number, number]
    /** 468 or 478 vertices, where meshes are asked for. */
    readonly mesh: readonly (readonly [x: number, y: number, z?: number])[]
    /** With `description`. */
    readonly embedding?: readonly number[]
  }[]
}

/** What Human does with faces besides finding them. */
export interface HumanParts {
  readonly mesh: boolean
  readonly description?: boolean
  /** Whether faces are turned upright before meshes are made; not by default. */
  readonly rotation?: boolean
}

/** Face detection and the parts that are asked for; every picture for itself, and as many faces as there are. */
export function humanConfig(
  { mesh, description = false, rotation = false }: HumanParts,
  modelBasePath: string,
  wasmPath: string,
): object {
  const off = { enabled: false }
  return {
    backend: 'wasm',
    modelBasePath,
    wasmPath,
    debug: false,
    cacheSensitivity: 0,
    warmup: 'none',
    filter: off,
    face: {
      enabled: true,
      detector: { maxDetected: 200, rotation },
      mesh: { enabled: mesh },
      iris: off,
      emotion: off,
      description: { enabled: description },
    },
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
  }
}

/** Faces as corners, with points where there are meshes. */
export function facesOfHuman({ error, face }: HumanResult): FoundFace[] {
  if (error) throw new Error(error)
  return face.map(({ boxScore, box: [x, y, width, height], mesh }) => {
    const found = { score: boxScore, box: [x, y, x + width, y + height] as const }
    return mesh.length > 0 ? { ...found, points: pointsOf(mesh) } : found
  })
}

// Vertices at the corners of the right and the left eye, at the tip of the nose, at the corners of the
// mouth.
const vertices = [[33, 133], [362, 263], [1], [61, 291]]

function pointsOf(mesh: HumanResult['face'][number]['mesh']): Point[] {
  return vertices.map((all) =>
    middleOf(all.map((vertex): Point => [mesh[vertex]![0], mesh[vertex]![1]])),
  )
}
