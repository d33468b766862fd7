import { type KernelBackend, readTensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import type { Candidate } from '../candidates/decode-candidates.ts'
import { EXPRESSION_NAMES, type ExpressionName } from '../face/face-expression.ts'
import type { FaceFrame } from './face-frame.ts'
import { type Eyeball, gazeOf } from './gaze.ts'
import type { HeadArchitecture } from './head-architecture.ts'
import { readLayers } from './head-layers.ts'
import { type HeadProgram, headProgram } from './head-program.ts'

/** What an expression head reads and what its numbers mean: the `architecture` of its weight file. */
interface ExpressionArchitecture {
  /** Numbers that the dense head's first refinement reads. */
  readonly read: number
  /** Numbers that the dense head gives. */
  readonly answer: number
  /** What the first outputs are. */
  readonly coefficients: readonly ExpressionName[]
  /** Which of the points that the refinement reads are the middles of the right and the left eye. */
  readonly eyes: readonly [number, number]
  /** Face sizes a unit of the outputs; a typical radius in face sizes, and what a unit adds to its logarithm. */
  readonly iris: {
    readonly placeStep: number
    readonly radius: number
    readonly radiusStep: number
  }
  readonly eyeball: Eyeball
}

/** What an expression head says of a face, relative to its anchor. */
export interface ExpressionReading {
  readonly expressions: Readonly<Record<ExpressionName, number>>
  /** x, y and radius of the right iris, then of the left one, in anchor coordinates. */
  readonly irises: Float64Array
  /** Unit vector in the camera frame. */
  readonly gaze: readonly [number, number, number]
}

/** A face that the dense head has read. */
export interface FaceRead {
  readonly anchor: Candidate['anchor']
  readonly frame: FaceFrame
  /** The head's refined answer, raw. */
  readonly answer: Float32Array
  /** Where that puts the points that refinements read, in the face's frame. */
  readonly places: Float64Array
}

/**
 * Coefficients of expression and irises, by two fully connected layers a face on what the dense head's first
 * refinement reads and on the refined answer.
 */
export class ExpressionHead {
  private readonly architecture: ExpressionArchitecture
  private readonly program: HeadProgram
  /** x and y of the middles of the eyes as the first answer has them, a row a face. */
  private readonly eyes: readonly Float64Array[]

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readArchitecture(file.metadata.get('architecture'))
    const { read, answer } = this.architecture
    this.program = headProgram(readLayers(file, '', read + answer), backend)
    this.eyes = this.program.inputs.map(() => new Float64Array(4))
  }

  /** So many faces go at once. */
  get batchSize(): number {
    return this.program.inputs.length
  }

  /**
   * Takes what the first refinement reads of a face of the batch.
   *
   * @param places of the points that it reads, in the face's frame
   */
  take(face: number, read: Float32Array, places: Float64Array): void {
    const { eyes } = this.architecture
    this.program.inputs[face]!.set(read.subarray(0, this.architecture.read))
    for (const [side, point] of eyes.entries()) {
      this.eyes[face]!.set(places.subarray(2 * point, 2 * point + 2), 2 * side)
    }
  }

  /** Takes the refined answer of a face of the batch. */
  takeAnswer(face: number, answer: Float32Array): void {
    const { read, answer: count } = this.architecture
    this.program.inputs[face]!.set(answer.subarray(0, count), read)
  }

  /** What the layers give for the first `faces` of the batch; valid until the next run. */
  async run(faces: number): Promise<readonly Float32Array[]> {
    return (await this.program.run(faces)).outputs
  }

  /** What the outputs of a face of the batch mean. */
  readingOf(
    face: number,
    outputs: Float32Array,
    { anchor, frame, answer, places }: FaceRead,
    { latent, camera }: HeadArchitecture['outputs'],
  ): ExpressionReading {
    const { coefficients, eyes, eyeball } = this.architecture
    const irises = this.irisesOf(face, outputs.subarray(coefficients.length))
    const middles = eyes.map((point) => places.subarray(2 * point, 2 * point + 2))
    return {
      expressions: namedCoefficients(coefficients, outputs),
      irises: toAnchor(irises, frame, anchor),
      gaze: gazeOf(irises, middles, answer.subarray(latent), camera, frame, eyeball),
    }
  }

  /** x, y and radius of each iris in the face's frame and sizes. */
  private irisesOf(face: number, outputs: Float32Array): Float64Array {
    const { placeStep, radius, radiusStep } = this.architecture.iris
    const eyes = this.eyes[face]!
    const irises = new Float64Array(6)
    for (const side of [0, 1]) {
      for (const axis of [0, 1]) {
        irises[3 * side + axis] = eyes[2 * side + axis]! + placeStep * outputs[3 * side + axis]!
      }
      irises[3 * side + 2] = radius * Math.exp(radiusStep * outputs[3 * side + 2]!)
    }
    return irises
  }
}

function namedCoefficients(
  names: readonly ExpressionName[],
  outputs: Float32Array,
): Record<ExpressionName, number> {
  const named = Object.fromEntries(EXPRESSION_NAMES.map((name) => [name, 0])) as Record<
    ExpressionName,
    number
  >
  for (const [i, name] of names.entries()) named[name] = Math.min(Math.max(outputs[i]!, 0), 1)
  return named
}

/** Irises of the face's frame in anchor coordinates. */
function toAnchor(
  irises: Float64Array,
  { centreX, centreY, size, cosine, sine }: FaceFrame,
  anchor: Candidate['anchor'],
): Float64Array {
  const moved = new Float64Array(6)
  for (const at of [0, 3]) {
    const [u, v, radius] = [irises[at]! * size, irises[at + 1]! * size, irises[at + 2]! * size]
    moved[at] = (centreX + cosine * u - sine * v - anchor.centreX) / anchor.size
    moved[at + 1] = (centreY + sine * u + cosine * v - anchor.centreY) / anchor.size
    moved[at + 2] = radius / anchor.size
  }
  return moved
}

function readArchitecture(text: string | undefined): ExpressionArchitecture {
  try {
    const parsed = JSON.parse(text ?? '') as ExpressionArchitecture
    if (parsed.coefficients.length > 0 && parsed.eyes.length === 2 && parsed.eyeball.radius > 0) {
      return parsed
    }
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new WeightFileError(
    'Expected the weight file of an expression head, with its coefficients in the metadata "architecture", but found another. Was a dense head’s file given?',
  )
}
