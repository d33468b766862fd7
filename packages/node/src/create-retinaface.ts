import { availableParallelism } from 'node:os'
import {
  InvalidArgumentError,
  ModelLoadError,
  type NetworkParts,
  type NetworkVariants,
  type RetinaFace,
  type RetinaFaceParts,
} from '@retinaface/core'
import {
  type LoadedModel,
  loadModel,
  type ModelOption,
  type NetworkFile,
  type Precision,
} from './load-model.ts'
import { NodeRetinaFace } from './node-retinaface.ts'
import { onnxruntime } from './onnxruntime.ts'
import { openDenseLayers } from './open-dense-layers.ts'
import { WorkerPool } from './pool/worker-pool.ts'
import { type NodeImageSource, readImage } from './read-image.ts'
import { reuseOutputs } from './reuse-outputs.ts'
import { startWorker } from './start-worker.ts'

/** Options of {@link createRetinaFace}. */
export interface CreateOptions {
  /** Default `'mnet025'`. */
  readonly model?: ModelOption
  /**
   * Arithmetic of the network. `'int8'` takes about half the time and finds nearly the same faces
   * (boxes move by a pixel or two); meshes and features come from `'float32'` all the same. Default
   * `'float32'`.
   */
  readonly precision?: Precision
  /**
   * Processor threads. `detect` uses them all for its picture; `detectMany` gives each picture one,
   * and looks at as many pictures at a time, in workers that are started after the first three pictures
   * a thread. Default: the processor's parallelism, at most 4.
   */
  readonly threads?: number
  /**
   * Pictures of more pixels are refused before they are decoded, so that a small hostile file cannot
   * fill the memory. Default 150 million.
   */
  readonly pixelLimit?: number
}

const defaultPixelLimit = 150_000_000
// In pixels of the network's input. From here on the finest level adds 0.004 of average precision at
// most, from 64 on nothing; at 32 it is 0.22.
const coarseMinFaceSize = 48
const precisions: readonly unknown[] = ['float32', 'int8'] satisfies Precision[]

/**
 * Loads a network and makes it ready to find faces.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 */
export function createRetinaFace(
  options: CreateOptions = {},
): Promise<RetinaFace<NodeImageSource>> {
  return createNodeRetinaFace(options)
}

/** As {@link createRetinaFace}, with what this package alone may use. */
export async function createNodeRetinaFace(options: CreateOptions): Promise<NodeRetinaFace> {
  const { model = 'mnet025', threads = Math.min(4, availableParallelism()) } = options
  const { pixelLimit = defaultPixelLimit } = options
  const { precision = 'float32' } = options
  expectPositiveInteger('options.threads', threads)
  expectPositiveInteger('options.pixelLimit', pixelLimit)
  if (!precisions.includes(precision)) {
    throw new InvalidArgumentError('options.precision', "'float32' or 'int8'", precision)
  }
  const loaded = await loadModel(model, precision)
  const { loadMeshBranch } = loaded
  const pool = threads > 1 ? new WorkerPool(threads, () => startWorker(options)) : undefined
  const parts: RetinaFaceParts<NodeImageSource> = {
    ...(await openNetwork(loaded, threads)),
    variants: variantsOf(loaded, threads),
    ...(loadMeshBranch ? { loadMeshBranch } : {}),
    openDenseLayers: (layers) => openDenseLayers(layers, threads),
    readImage: (source, signal, shrink) => readImage(source, pixelLimit, signal, shrink),
  }
  return new NodeRetinaFace(parts, pool)
}

function variantsOf(
  { loadFeatures, loadMeshes, loadCoarse }: LoadedModel,
  threads: number,
): NetworkVariants {
  const openLater = (load: () => Promise<NetworkFile>) => async () =>
    openNetwork(await load(), threads)
  return {
    ...(loadFeatures ? { features: openLater(loadFeatures) } : {}),
    ...(loadMeshes ? { meshes: (maps) => openLater(() => loadMeshes(maps))() } : {}),
    ...(loadCoarse
      ? { coarse: { minFaceSize: coarseMinFaceSize, open: openLater(loadCoarse) } }
      : {}),
  }
}

async function openNetwork(
  { bytes, configuration }: NetworkFile,
  threads: number,
): Promise<NetworkParts> {
  try {
    const session = await onnxruntime.InferenceSession.create(bytes, {
      // Left alone, the runtime used one thread: 1.4 times slower on two cores.
      intraOpNumThreads: threads,
      // One block for all maps of a size, beside what the first run took: 501 instead of 320 MB at
      // 1920×1280, and not faster.
      enableMemPattern: false,
      logSeverityLevel: 3,
    })
    return { session: reuseOutputs(session), configuration }
  } catch (error) {
    throw new ModelLoadError(`ONNX Runtime could not load the model: ${String(error)}`, error)
  }
}

function expectPositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(name, 'a positive integer', value)
  }
}
