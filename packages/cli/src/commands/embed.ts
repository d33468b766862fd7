import { round, toFaceEntry } from '@retinaface/node/results'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import type { PictureWithPixels } from '../detection/detection.ts'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, type ModelFlags } from '../options/model-options.ts'
import {
  addRecognitionOptions,
  detectOptionsFor,
  loadRecognizer,
  type RecognitionFlags,
  toEmbedOptions,
} from '../options/recognition-options.ts'
import { addRunOptions, INPUTS_HELP, type RunFlags } from '../options/run-options.ts'
import { toFailureEntry } from '../output/result-entry.ts'
import { openResultFile } from '../output/result-file.ts'
import { createResultWriter } from '../output/result-writer.ts'
import { standardOutput } from '../output/sink.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'

interface EmbedFlags extends NetworkFlags, SelectionFlags, RecognitionFlags, ModelFlags, RunFlags {
  readonly output?: string
}

/** `retinaface embed` */
export function embedCommand(): Command {
  const command = new Command('embed')
    .description(
      'describe faces by vectors: a line of JSON for each picture, whose faces have "embedding"; these are biometric data, see the documentation on recognition',
    )
    .argument('<inputs...>', INPUTS_HELP)
    .option('--output <file>', 'write the lines to a file instead of standard output')
  addRecognitionOptions(command)
  addSelectionOptions(command, 0.5)
  addNetworkOptions(command)
  addModelOptions(command)
  addRunOptions(
    command,
    'with --output: go on after an earlier run; pictures in the file, failed ones too, are skipped',
  )
  return command.action(async (inputs: string[], flags: EmbedFlags) => {
    if (flags.resume && flags.output === undefined) {
      throw new CliError('USAGE', '--resume needs --output <file> to go on from.')
    }
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: { ...toDetectOptions(flags), ...detectOptionsFor(flags) },
      detect: detectInPixels,
      outputFolder: undefined,
      printsResults: flags.output === undefined,
      begin: (start) => beginEmbedding(flags, start),
    })
  })
}

async function beginEmbedding(
  flags: EmbedFlags,
  { retinaface, resultFile }: RunStart,
): Promise<PictureWork<PictureWithPixels>> {
  const recognizer = await loadRecognizer(retinaface, flags)
  const file = flags.output ? await openResultFile(flags.output, resultFile) : undefined
  const writer = createResultWriter('ndjson', file?.sink ?? standardOutput, true)
  return {
    isDone: (input) => file?.finished.pictures.has(input.file) === true,
    async onFaces({ input, image, width, height, faces: found }) {
      const embeddings = await recognizer.embed(image, found, toEmbedOptions(flags))
      const faces = found.map((face, i) => {
        const embedding = Array.from(embeddings[i]!, (value) => round(value, 1e6))
        return { ...toFaceEntry(face), embedding }
      })
      await writer.write({ file: input.file, width, height, faces })
    },
    onFailure: ({ file }, error) => writer.write(toFailureEntry(file, error)),
    async close() {
      await Promise.all([writer.close(), recognizer.dispose()])
    },
  }
}
