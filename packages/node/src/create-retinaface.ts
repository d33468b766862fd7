import { availableParallelism } from 'node:os'
import { InvalidArgumentError, ModelLoadError, RetinaFace } from '@retinaface/core'
import type { InferenceSession } from 'onnxruntime-common'
import * as onnxruntime from 'onnxruntime-node'
import { loadModel, type ModelOption } from './load-model.ts'
import { type NodeImageSource, readImage } from './read-image.ts'

/** Options of {@link createRetinaFace}. */
export interface CreateOptions {
  /** Default `'mnet025'`. */
  readonly model?: ModelOption
  /** Processor threads of one run. Default: the processor's parallelism, at most 4. */
  readonly threads?: number
  /**
   * Pictures of more pixels are refused before they are decoded, so that a small hostile file cannot
   * fill the memory. Default 150 million.
   */
  readonly pixelLimit?: number
}

const defaultPixelLimit = 150_000_000

/**
 * Loads a network and makes it ready to find faces.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 */
export async function createRetinaFace(
  options: CreateOptions = {},
): Promise<RetinaFace<NodeImageSource>> {
  const { model = 'mnet025', threads = Math.min(4, availableParallelism()) } = options
  const { pixelLimit = defaultPixelLimit } = options
  expectPositiveInteger('options.threads', threads)
  expectPositiveInteger('options.pixelLimit', pixelLimit)
  const { bytes, configuration, loadMeshBranch } = await loadModel(model)
  const session = await createSession(bytes, threads)
  return new RetinaFace({
    session,
    configuration,
    ...(loadMeshBranch ? { loadMeshBranch } : {}),
    readImage: (source, signal) => readImage(source, pixelLimit, signal),
  })
}

async function createSession(bytes: Uint8Array, threads: number): Promise<InferenceSession> {
  try {
    return await onnxruntime.InferenceSession.create(bytes, {
      // Left alone, the runtime used one thread: 1.4 times slower on two cores.
      intraOpNumThreads: threads,
      logSeverityLevel: 3,
    })
  } catch (error) {
    throw new ModelLoadError(`ONNX Runtime could not load the model: ${String(error)}`, error)
  }
}

function expectPositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(name, 'a positive integer', value)
  }
}
