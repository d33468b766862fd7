import type { CancelSignal } from '../cancel/cancel-signal.ts'
import type { Candidate } from '../candidates/decode-candidates.ts'
import { ModelMismatchError } from '../errors/detector-errors.ts'
import type { Face, FaceAnchor } from '../face/face.ts'
import type { FaceStage, FaceStages } from '../face/face-stage.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { Network } from '../network/network.ts'

/** A stage that a call asks for, and the option that asks. */
export interface AskedStage {
  readonly stage: FaceStage
  readonly option: unknown
}

/** What stages read of a candidate, and the anchor at which they did, in the image frame. */
export interface StageReadings {
  readonly anchor: FaceAnchor
  readonly of: ReadonlyMap<FaceStage, unknown>
}

/** A face before the stages describe it; one that only the mirrored picture shows has no readings. */
export interface FaceWithReadings {
  readonly face: Face
  readonly readings?: StageReadings | undefined
}

/** Opens the stages of a detector when they are first asked for, and keeps them. */
export class OpenStages {
  private readonly stages: FaceStages
  private readonly network: Network
  private readonly opened = new Map<string, Promise<FaceStage>>()

  constructor(stages: FaceStages, network: Network) {
    this.stages = stages
    this.network = network
  }

  /** @throws {ModelMismatchError} for a stage that the detector has not, or whose tensors it has not */
  async open(options: Readonly<Record<string, unknown>>): Promise<AskedStage[]> {
    const asked = Object.entries(options)
    return Promise.all(
      asked.map(async ([name, option]) => ({ stage: await this.stageOf(name), option })),
    )
  }

  async release(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values())
    await Promise.all(
      opened.map((one) => (one.status === 'fulfilled' ? one.value.release() : undefined)),
    )
  }

  private stageOf(name: string): Promise<FaceStage> {
    const known = this.opened.get(name)
    if (known) return known
    const opening = this.create(name)
    this.opened.set(name, opening)
    // A failure to load is reported each time, but tried again.
    opening.catch(() => this.opened.delete(name))
    return opening
  }

  private async create(name: string): Promise<FaceStage> {
    const open = this.stages[name]
    if (!open) {
      throw new ModelMismatchError(
        `The detector "${this.network.configuration.name}" has no ${name} branch. Choose a shipped model that has one, such as 'retinaface-500m', or detect without ${name}.`,
      )
    }
    const stage = await open()
    this.network.expectTensors(stage.tensors, name)
    return stage
  }
}

/** The tensors that stages read, each once. */
export function tensorsOf(stages: readonly AskedStage[]): string[] {
  return [...new Set(stages.flatMap(({ stage }) => stage.tensors))]
}

/** Has stages read candidates, and gives what all of them read of each. */
export async function readCandidates(
  stages: readonly AskedStage[],
  candidates: readonly Candidate[],
  maps: FeatureMaps,
): Promise<StageReadings['of'][]> {
  const readings = candidates.map(() => new Map<FaceStage, unknown>())
  for (const { stage } of stages) {
    if (stage.tensors.length === 0) continue
    for (const [i, reading] of (await stage.read(candidates, maps)).entries()) {
      readings[i]!.set(stage, reading)
    }
  }
  return readings
}

/** Gives each face what the stages make of it. */
export async function describeFaces(
  stages: readonly AskedStage[],
  picture: PixelImage,
  found: readonly FaceWithReadings[],
  signal: CancelSignal | undefined,
): Promise<Face[]> {
  // What stages give is relative to the anchor that they read at.
  const faces = found.map(({ face, readings }) => {
    return readings ? { ...face, anchor: readings.anchor } : face
  })
  for (const { stage, option } of stages) {
    const wanted = [...faces.keys()].filter((i) => {
      return stage.tensors.length === 0 || found[i]!.readings !== undefined
    })
    const toDescribe = wanted.map((i) => {
      return { face: faces[i]!, reading: found[i]!.readings?.of.get(stage) }
    })
    const described = await stage.describe(picture, toDescribe, option, signal)
    for (const [at, i] of wanted.entries()) faces[i] = { ...faces[i]!, ...described[at]! }
  }
  return faces
}
