import type { Box } from '../pictures/known-faces.ts'
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
    /** With `description`. */
    readonly embedding?: readonly number[]
  }[]
}

/** What Human does with faces besides finding them. */
export interface HumanParts {
  readonly mesh: boolean
  readonly description?: boolean
}

/** Face detection and the parts that are asked for; every picture for itself, and as many faces as there are. */
export function humanConfig(
  { mesh, description = false }: HumanParts,
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
      detector: { maxDetected: 200, rotation: false },
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

/** Faces as corners. */
export function facesOfHuman({ error, face }: HumanResult): { score: number; box: Box }[] {
  if (error) throw new Error(error)
  return face.map(({ boxScore, box: [x, y, width, height] }) => {
    return { score: boxScore, box: [x, y, x + width, y + height] }
  })
}
