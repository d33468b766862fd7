import { type FaceDetector, MODEL_PRESETS } from '@retinaface/core'
import { DEFAULT_MODEL } from '@retinaface/models'
import { ALL_MODELS } from '@retinaface/models/research'
import { createRetinaFace, type NodeImageSource, type Precision } from '@retinaface/node'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { parsePositiveInteger } from './parse-values.ts'

/** Options of which network runs. */
export interface NetworkChoiceFlags {
  readonly model: string
  readonly preset?: string
  readonly precision?: Precision
  readonly pixelLimit?: number
}

/** Options of what runs it. */
export interface MachineFlags {
  readonly provider?: string[]
  readonly threads?: number
}

/** Options of which network runs and how. */
export type ModelFlags = NetworkChoiceFlags & MachineFlags

export function addModelOptions(command: Command): Command {
  return addMachineOptions(
    addNetworkChoiceOptions(command),
    "processor threads; detect without --annotate looks at as many pictures at a time (default: the processor's, at most 4)",
  )
}

export function addNetworkChoiceOptions(command: Command): Command {
  return command
    .option(
      '--model <name|file>',
      'an installed model (see "retinaface models") or an ONNX file',
      DEFAULT_MODEL.id,
    )
    .addOption(
      new Option('--preset <name>', 'how the ONNX file was exported').choices(
        Object.keys(MODEL_PRESETS),
      ),
    )
    .addOption(
      new Option(
        '--precision <arithmetic>',
        'int8 takes less time for nearly the same faces; retinaface-500m and mnet025 have it (default: float32)',
      ).choices(['float32', 'int8']),
    )
    .option(
      '--pixel-limit <count>',
      'refuse larger pictures (default: 50 million, for JPEGs of cameras 150 million)',
      parsePositiveInteger,
    )
}

export function addMachineOptions(command: Command, threadsHelp: string): Command {
  return command
    .option(
      '--provider <names>',
      'what runs the network: cpu, or what ONNX Runtime offers here, as cuda, coreml, dml or webgpu; of a list with commas the first that works (default: cpu)',
      (names: string) => names.split(','),
    )
    .option('--threads <count>', threadsHelp, parsePositiveInteger)
}

export function loadDetector(flags: ModelFlags): Promise<FaceDetector<NodeImageSource>> {
  const { precision, provider, threads, pixelLimit } = flags
  return createRetinaFace({
    model: toModelOption(flags),
    ...(precision === undefined ? {} : { precision }),
    ...(provider === undefined ? {} : { provider }),
    ...(threads === undefined ? {} : { threads }),
    ...(pixelLimit === undefined ? {} : { pixelLimit }),
  })
}

/** @throws {CliError} if the model makes no meshes */
export function expectMeshes({ model }: ModelFlags): void {
  const having = ALL_MODELS.filter(({ meshBranch }) => meshBranch).map(({ id }) => id)
  if (having.includes(model)) return
  throw new CliError(
    'USAGE',
    `--model ${JSON.stringify(model)} makes no meshes; ${having.join(', ')} do.`,
  )
}

/** @throws {CliError} if model and preset do not go together */
export function toModelOption({
  model,
  preset,
}: NetworkChoiceFlags): string | { readonly file: string; readonly configuration: string } {
  const isInstalled = ALL_MODELS.some(({ id }) => id === model)
  if (preset === undefined) {
    if (isInstalled) return model
    const names = ALL_MODELS.map(({ id }) => id).join(', ')
    throw new CliError(
      'USAGE',
      `--model ${JSON.stringify(model)} is not one of the installed models (${names}). For an ONNX file give --preset too: ${Object.keys(MODEL_PRESETS).join(', ')}.`,
    )
  }
  if (!isInstalled) return { file: model, configuration: preset }
  throw new CliError('USAGE', `--preset is for ONNX files; the model ${model} has its own.`)
}
