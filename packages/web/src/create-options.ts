import { InvalidArgumentError, type StageModules } from '@retinaface/core'
import { expectOptions, listProviders, resolveStageModules } from '@retinaface/core/platform'
import { DEFAULT_MODEL } from '@retinaface/models'
import { findModel, type ModelOption } from './model/find-model.ts'
import type { LoadProgress } from './model/load-progress.ts'
import { chooseThreads } from './runtime/choose-threads.ts'
import type { DetectorPlan } from './runtime/detector-plan.ts'
import type { ExecutionProvider } from './runtime/execution-provider.ts'
import { wasm } from './wasm-provider.ts'

/** Options of {@link createRetinaFace} and {@link createWorkerRetinaFace}. */
export interface CreateOptions {
  /** Default `'retinaface-500m'`. */
  readonly model?: ModelOption
  /**
   * What runs the network, or a list in order, of which the first that works is taken, as
   * `[webgpu, wasm]`. Default `wasm`; `onnxruntime`, which networks of your own take, is in
   * `@retinaface/web/onnxruntime`, `webgpu` and `webnn` are in `@retinaface/web/gpu`.
   */
  readonly provider?: ExecutionProvider | readonly ExecutionProvider[]
  /**
   * Processor threads of one run where the page is cross-origin isolated; elsewhere there is one.
   * Default: the processor's, at most 4; at most twice the processor's. Of ONNX Runtime's threads,
   * which `mnet025-v1` and networks of your own take, the first detector of a page or worker decides.
   */
  readonly threads?: number
  /**
   * Stages of your own, which give faces something more: the URLs of their modules by the names of the
   * options of `detect` that ask for them.
   */
  readonly stages?: StageModules
  /** Pictures of more pixels are refused before their pixels are read. Default 150 million. */
  readonly pixelLimit?: number
  /** Called as the model arrives and when it is compiled; what it throws ends the loading. */
  readonly onProgress?: (progress: LoadProgress) => void
}

const defaultPixelLimit = 150_000_000

/**
 * Fills in defaults and checks every option.
 *
 * @throws {InvalidArgumentError}
 */
export function planDetector(options: CreateOptions): DetectorPlan {
  expectOptions(options, ['model', 'provider', 'threads', 'stages', 'pixelLimit', 'onProgress'])
  const { model = DEFAULT_MODEL, provider = wasm, threads } = options
  const { pixelLimit = defaultPixelLimit, stages = {} } = options
  if (threads !== undefined) expectPositiveInteger('options.threads', threads)
  expectPositiveInteger('options.pixelLimit', pixelLimit)
  return {
    model: findModel(model),
    provider: listProviders(provider, isProvider, 'wasm, onnxruntime, webgpu or webnn'),
    threads: chooseThreads(threads),
    stages: resolveStageModules(stages, globalThis.location.href),
    pixelLimit,
  }
}

function isProvider(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    ('files' in value || 'kernels' in value)
  )
}

function expectPositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(name, 'a positive integer', value)
  }
}
