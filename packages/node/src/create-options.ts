import { availableParallelism } from 'node:os'
import { InvalidArgumentError, type StageModules } from '@retinaface/core'
import { expectOptions, listProviders, resolveStageModules } from '@retinaface/core/platform'
import { DEFAULT_MODEL } from '@retinaface/models'
import type { ExecutionProvider } from './execution-provider.ts'
import type { ModelOption, Precision } from './load-model.ts'

/** Options of {@link createRetinaFace}. */
export interface CreateOptions {
  /** Default `'retinaface-500m'`. `mnet025` and its kin are for research only. */
  readonly model?: ModelOption
  /**
   * Arithmetic of the network. `'int8'` takes less time (a seventh less of `retinaface-500m`, half of
   * `mnet025`) and finds nearly the same faces. Context features come from `'float32'` all the same, and
   * so do meshes of `mnet025`. Default `'float32'`.
   */
  readonly precision?: Precision
  /**
   * What runs the network, or a list in order, of which the first that works is taken, as
   * `['cuda', 'cpu']`. Default `'cpu'`.
   */
  readonly provider?: ExecutionProvider | readonly ExecutionProvider[]
  /**
   * Processor threads. `detect` uses them all for its picture; `detectMany` gives each picture one,
   * and looks at as many pictures at a time, in workers that are started after the first three pictures
   * a thread. Default: the processor's parallelism, at most 4; at most twice the parallelism.
   */
  readonly threads?: number
  /**
   * Stages of your own, which give faces something more: the URLs of their modules by the names of the
   * options of `detect` that ask for them.
   */
  readonly stages?: StageModules
  /**
   * Pictures of more pixels are refused before they are decoded, so that a small hostile file cannot
   * fill the memory. Default 50 million, and 150 million for JPEGs as cameras write them: see
   * {@link READ_LIMITS}.
   */
  readonly pixelLimit?: number
}

// Beyond the processor's parallelism they only get in each other's way: 1000 took 600 times as long.
const mostThreads = 2 * availableParallelism()
const precisions: readonly unknown[] = ['float32', 'int8'] satisfies Precision[]

/** Options with every default filled in but that of `pixelLimit`, which the picture decides. */
export interface ResolvedCreateOptions
  extends Required<Omit<CreateOptions, 'provider' | 'stages' | 'pixelLimit'>> {
  /** In the order of preference. */
  readonly provider: readonly ExecutionProvider[]
  /** Addresses by name. */
  readonly stages: Readonly<Record<string, string>>
  readonly pixelLimit: number | undefined
}

/**
 * Fills in defaults and checks every option.
 *
 * @throws {InvalidArgumentError}
 */
export function resolveCreateOptions(options: CreateOptions): ResolvedCreateOptions {
  expectOptions(options, ['model', 'precision', 'provider', 'threads', 'stages', 'pixelLimit'])
  const { model = DEFAULT_MODEL.id, threads = Math.min(4, availableParallelism()) } = options
  const { pixelLimit, precision = 'float32', provider = 'cpu', stages = {} } = options
  expectPositiveInteger('options.threads', threads)
  if (pixelLimit !== undefined) expectPositiveInteger('options.pixelLimit', pixelLimit)
  if (!precisions.includes(precision)) {
    throw new InvalidArgumentError('options.precision', "'float32' or 'int8'", precision)
  }
  return {
    model,
    threads: Math.min(threads, mostThreads),
    pixelLimit,
    precision,
    stages: resolveStageModules(stages),
    provider: listProviders(provider, isName, "an execution provider's name, as 'cpu' or 'cuda'"),
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function expectPositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(name, 'a positive integer', value)
  }
}
