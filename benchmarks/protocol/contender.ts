import type { Box } from '../pictures/known-faces.ts'

/** A face as every contender tells it. */
export interface FoundFace {
  readonly score: number
  /** In pixels of the picture. */
  readonly box: Box
  /** The subject's right eye and left eye, tip of the nose, middle of the mouth, where it is asked for. */
  readonly points?: readonly Point[]
}

/** x, y in pixels of the picture. */
export type Point = readonly [x: number, y: number]

/** What is compared: one way from a picture's file to its faces. */
export interface Contender {
  /** Makes it ready. */
  load(): Promise<void>
  detect(path: string): Promise<FoundFace[]>
  /** Goes through many pictures as its users would; gives the number of faces. */
  detectMany?(paths: readonly string[]): Promise<number>
  /** Milliseconds of named parts of its work on one picture. */
  stages?(path: string): Promise<Record<string, number>>
}

/** What the runner asks a contender's process for. */
export type Request =
  | { readonly kind: 'load' }
  | { readonly kind: 'detect'; readonly path: string }
  | { readonly kind: 'detectMany'; readonly paths: readonly string[] }
  | { readonly kind: 'stages'; readonly path: string }
  | { readonly kind: 'memory' }

/** What it answers; times are its own, in milliseconds. */
export type Reply = Success | { readonly error: string }

/** An answer without trouble. */
export interface Success {
  readonly wall: number
  /** Processor time of all its threads. */
  readonly processor: number
  /** What `detect` found. */
  readonly faces?: readonly FoundFace[]
  /** What `detectMany` counted. */
  readonly count?: number
  readonly stages?: Readonly<Record<string, number>>
  readonly clock: Clock
  /** The most memory that the process ever held, in bytes. */
  readonly peakMemory: number
  /** What a page has fetched so far, pictures aside. */
  readonly bytes?: number
}

/** When things happened, in milliseconds since the process was started. */
export interface Clock {
  /** Node.js itself was up. */
  readonly booted: number
  /** All modules were loaded. */
  readonly imported: number
  /** This answer was ready. */
  readonly now: number
}
