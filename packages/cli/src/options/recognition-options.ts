import type { FaceDetector } from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import {
  ALIGNMENTS,
  type Alignment,
  createRecognizer,
  EMBEDDER_PRESETS,
  type EmbedOptions,
  type Recognizer,
} from '@retinaface/recognition/node'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import type { PictureDetectOptions } from './detection-options.ts'
import type { ModelFlags } from './model-options.ts'

/** Of the pairs of different people that pass for the same one, where no threshold is given. */
export const defaultRate = 0.001

/** Options of how faces become vectors. */
export interface RecognitionFlags {
  readonly embedder?: string
  readonly embedderPreset?: string
  readonly alignment: Alignment
  readonly mirror: boolean
}

export function addRecognitionOptions(command: Command): Command {
  return command
    .option('--embedder <file>', 'an ONNX embedder (default: dlib-resnet, which ships)')
    .addOption(
      new Option('--embedder-preset <name>', 'how the ONNX embedder takes faces').choices(
        Object.keys(EMBEDDER_PRESETS),
      ),
    )
    .addOption(
      new Option('--alignment <how>', 'how faces are cut out for the embedder')
        .choices(ALIGNMENTS)
        .default('points'),
    )
    .option('--no-mirror', 'leave the mirrored face out: half the time, less sure')
}

/** Opens the embedder that is asked for. */
export function loadRecognizer(
  retinaface: FaceDetector<NodeImageSource>,
  { embedder: file, embedderPreset, provider, threads }: RecognitionFlags & ModelFlags,
): Promise<Recognizer<NodeImageSource>> {
  if ((file === undefined) !== (embedderPreset === undefined)) {
    const names = Object.keys(EMBEDDER_PRESETS).join(', ')
    throw new CliError(
      'USAGE',
      `Give --embedder and --embedder-preset together; presets are ${names}.`,
    )
  }
  return createRecognizer(retinaface, {
    ...(file === undefined ? {} : { embedder: { file, configuration: embedderPreset! } }),
    ...(provider === undefined ? {} : { provider }),
    ...(threads === undefined ? {} : { threads }),
  })
}

export function toEmbedOptions({ alignment, mirror }: RecognitionFlags): EmbedOptions {
  return { alignment, flip: mirror }
}

/** What detection has to give for the alignment. */
export function detectOptionsFor({ alignment }: RecognitionFlags): PictureDetectOptions {
  return alignment === 'mesh' ? { mesh: true } : {}
}
