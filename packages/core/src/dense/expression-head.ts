import {
  type KernelBackend,
  readTensorFile,
  takeFloats,
  WeightFileError,
} from '@retinaface/mesh-decoder'
import type { Candidate } from '../candidates/decode-candidates.ts'
import { EXPRESSION_NAMES, type ExpressionName } from '../face/face-expression.ts'
import type { FaceFrame } from './face-frame.ts'
import { type Eyeball, gazeOf } from './gaze.ts'
import type { HeadArchitecture } from './head-architecture.ts'
import { placeOfHead } from './head-camera.ts'
import { type HeadProgram, headProgram } from './head-program.ts'
import type { PatchLandmarks } from './patch-landmarks.ts'

/** What an expression head reads and what its numbers mean: the `architecture` of its weight file. */
interface ExpressionArchitecture {
  /** Numbers that the networks of patches give. */
  readonly features: number
  /** What the outputs are. */
  readonly coefficients: readonly ExpressionName[]
  /** Of boxes in the network's input, pixels: below them, or without one, a coefficient is noise. */
  readonly leastHeights: Readonly<Partial<Record<ExpressionName, number>>>
  /** Which of the patches are of the right and the left eye. */
  readonly eyes: readonly [number, number]
  /** Centimetres; irises of people differ little. */
  readonly irisRadius: number
  readonly eyeball: Eyeball
}

/** What an expression head says of a face, relative to its anchor. */
export interface ExpressionReading {
  readonly expressions: Readonly<Record<ExpressionName, number>>
  /** What is noise on a face of this size. */
  readonly uncertain: readonly ExpressionName[]
  /** x, y and radius of the right iris, then of the left one, in anchor coordinates. */
  readonly irises: Float64Array
  /** Unit vector in the camera frame. */
  readonly gaze: readonly [number, number, number]
}

/** A face that the dense head has read. */
export interface FaceRead {
  readonly candidate: Pick<Candidate, 'anchor' | 'box'>
  readonly frame: FaceFrame
  /** From the anchor's centre to the face's, in the face's axes, over the face's size. */
  readonly offset: readonly [number, number]
  /** The head's last answer, raw. */
  readonly answer: Float32Array
  /** What was found in the patches of the face. */
  readonly landmarks: PatchLandmarks
  readonly outputs: HeadArchitecture['outputs']
}

/**
 * Coefficients of expression, by two fully connected layers a face on what the networks of patches say of mouth
 * and eyes; irises, which these find; and the gaze, which follows from irises and pose.
 */
export class ExpressionHead {
  private readonly architecture: ExpressionArchitecture
  private readonly program: HeadProgram
  /** Of each face of the batch, all but the coefficients. */
  private readonly taken: Omit<ExpressionReading, 'expressions'>[] = []

  /**
   * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
   * @throws {WeightFileError} if the bytes are damaged or of something else.
   */
  constructor(bytes: Uint8Array, backend?: KernelBackend) {
    const file = readTensorFile(bytes)
    this.architecture = readArchitecture(file.metadata.get('architecture'))
    const layer = (name: string, inputs: number) => ({
      weight: takeFloats(file, `${name}.weight`, ['outputs', inputs]),
      bias: takeFloats(file, `${name}.bias`, ['outputs']),
    })
    // Beside the features cosine and sine of the face's turn.
    const hidden = layer('hidden', this.architecture.features + 2)
    this.program = headProgram([hidden, layer('out', hidden.bias.length)], backend)
  }

  /** So many faces go at once. */
  get batchSize(): number {
    return this.program.inputs.length
  }

  /** Takes what was found of a face of the batch. */
  take(i: number, face: FaceRead): void {
    const { landmarks, frame } = face
    const input = this.program.inputs[i]!
    input.set(landmarks.features)
    input.set([frame.cosine, frame.sine], landmarks.features.length)
    const irises = this.irisesOf(face)
    this.taken[i] = {
      irises: toAnchor(irises, face),
      gaze: this.gazeOf(irises, face),
      uncertain: this.uncertainOf(face.candidate.box),
    }
  }

  /** What is said of the first `faces` of the batch. */
  async run(faces: number): Promise<ExpressionReading[]> {
    const { outputs } = await this.program.run(faces)
    const { coefficients } = this.architecture
    return this.taken.slice(0, faces).map((taken, i) => {
      return { ...taken, expressions: namedCoefficients(coefficients, outputs[i]!) }
    })
  }

  private uncertainOf(box: Candidate['box']): ExpressionName[] {
    const { leastHeights } = this.architecture
    const height = box[3]! - box[1]!
    return EXPRESSION_NAMES.filter((name) => !(height >= (leastHeights[name] ?? Infinity)))
  }

  /** x, y and radius of each iris in the face's frame and sizes. */
  private irisesOf({ landmarks, answer, outputs }: FaceRead): Float64Array {
    const { scale } = placeOfHead(answer.subarray(outputs.latent), outputs.camera)
    const radius = scale * this.architecture.irisRadius
    const [rightX, rightY, leftX, leftY] = landmarks.irises
    return Float64Array.of(rightX!, rightY!, radius, leftX!, leftY!, radius)
  }

  private gazeOf(
    irises: Float64Array,
    { landmarks, answer, offset, outputs, frame }: FaceRead,
  ): [number, number, number] {
    const { eyes, eyeball } = this.architecture
    const middles = new Float64Array(2 * (Math.max(...eyes) + 1))
    landmarks.writeMiddles(answer, offset, outputs, middles)
    const lids = eyes.map((patch) => middles.subarray(2 * patch, 2 * patch + 2))
    return gazeOf(irises, lids, answer.subarray(outputs.latent), outputs.camera, frame, eyeball)
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
function toAnchor(irises: Float64Array, { frame, candidate: { anchor } }: FaceRead): Float64Array {
  const { centreX, centreY, size, cosine, sine } = frame
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
    const { coefficients, leastHeights, eyes, irisRadius } = parsed
    if (coefficients.length > 0 && leastHeights && eyes.length === 2 && irisRadius > 0) {
      return parsed
    }
  } catch {
    // Reported below, like a file of another kind.
  }
  throw new WeightFileError(
    'Expected the weight file of an expression head, with its coefficients and their least heights in the metadata "architecture", but found another. Was a dense head’s file given?',
  )
}
