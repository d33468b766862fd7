import { resolve } from 'node:path'
import { type BatchSettings, isS3Url, type PartFormat } from '@retinaface/batch'
import { ARCFACE_TEMPLATE } from '@retinaface/core'
import { type Command, Option } from 'commander'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from './detection-options.ts'
import { addNetworkChoiceOptions, type NetworkChoiceFlags, toModelOption } from './model-options.ts'
import { parseCropSize } from './parse-values.ts'

/** Options of what is looked for in a run's pictures and written of them. */
export interface BatchSettingFlags extends NetworkFlags, SelectionFlags, NetworkChoiceFlags {
  readonly format: PartFormat
  readonly pose: boolean
  readonly latents?: true
  readonly crops?: number | true
}

export function addBatchSettingOptions(command: Command): Command {
  command
    .addOption(
      new Option('--format <format>', 'of the parts')
        .choices(['parquet', 'ndjson'])
        .default('parquet'),
    )
    .option('--no-pose', 'leave out yaw, pitch and roll, which take a third of the time and more')
    .option('--latents', "give each face its mesh's latent of 128 numbers")
    .option(
      '--crops [pixels]',
      `give each face its crop, upright, as a JPEG in its row (default: ${ARCFACE_TEMPLATE.width} pixels wide)`,
      parseCropSize,
    )
  addSelectionOptions(command, 0.5)
  addNetworkOptions(command)
  return addNetworkChoiceOptions(command)
}

/** @throws {CliError} if options do not go together */
export function toBatchSettings(flags: BatchSettingFlags): BatchSettings {
  const { format, pose, latents = false, crops, precision, pixelLimit } = flags
  const model = toModelOption(flags)
  return {
    // Workers may run in other folders.
    model: typeof model === 'string' ? model : { ...model, file: resolve(model.file) },
    ...(precision === undefined ? {} : { precision }),
    ...(pixelLimit === undefined ? {} : { pixelLimit }),
    detect: toDetectOptions(flags),
    format,
    pose,
    latents,
    ...(crops === undefined ? {} : { crops: crops === true ? ARCFACE_TEMPLATE.width : crops }),
  }
}

/** The inputs as the plan names them, wherever the command runs. */
export function absoluteInput(input: string): string {
  return input === '-' || isS3Url(input) ? input : resolve(input)
}
