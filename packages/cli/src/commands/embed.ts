import {
  type Column,
  ERROR_COLUMNS,
  FACE_COLUMNS,
  PICTURE_COLUMNS,
  toErrorRow,
  toRows,
} from '@retinaface/batch'
import { round, toFaceEntry } from '@retinaface/node/results'
import type { Embedding } from '@retinaface/recognition/node'
import { Command, Option } from 'commander'
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
import { openParquetFile } from '../output/parquet-file.ts'
import { toFailureEntry } from '../output/result-entry.ts'
import { openResultFile } from '../output/result-file.ts'
import { createResultWriter } from '../output/result-writer.ts'
import { standardOutput } from '../output/sink.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'

interface EmbedFlags extends NetworkFlags, SelectionFlags, RecognitionFlags, ModelFlags, RunFlags {
  readonly output?: string
  readonly format: 'ndjson' | 'parquet'
}

/** Of Parquet: a row a face, as in the parts of `batch`, with its vector. */
const columns: readonly Column[] = [
  ...PICTURE_COLUMNS,
  ...FACE_COLUMNS,
  { name: 'embedding', type: 'floats' },
  ...ERROR_COLUMNS,
]

/** `retinaface embed` */
export function embedCommand(): Command {
  const command = new Command('embed')
    .description(
      'describe faces by vectors: a line of JSON for each picture, whose faces have "embedding"; these are biometric data, see the documentation on recognition',
    )
    .argument('<inputs...>', INPUTS_HELP)
    .option('--output <file>', 'write to a file instead of standard output')
    .addOption(
      new Option(
        '--format <format>',
        'what is written; parquet has a row for each face, needs --output and appears at the end',
      )
        .choices(['ndjson', 'parquet'])
        .default('ndjson'),
    )
  addRecognitionOptions(command)
  addSelectionOptions(command, 0.5)
  addNetworkOptions(command)
  addModelOptions(command)
  addRunOptions(
    command,
    'with --output: go on after an earlier run; pictures in the file, failed ones too, are skipped',
  )
  return command.action(async (inputs: string[], flags: EmbedFlags) => {
    expectFile(flags)
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

/** @throws {CliError} for options that need another */
function expectFile({ resume, output, format }: EmbedFlags): void {
  if (resume && output === undefined) {
    throw new CliError('USAGE', '--resume needs --output <file> to go on from.')
  }
  if (format === 'ndjson') return
  if (output === undefined) {
    throw new CliError('USAGE', '--format parquet needs --output <file>: it is not for terminals.')
  }
  if (!resume) return
  throw new CliError(
    'USAGE',
    '--resume works with --format ndjson only: a Parquet file cannot be continued. Leave one of the two out.',
  )
}

/** Writes what a run finds. */
interface EmbeddingWriter extends Omit<PictureWork<PictureWithPixels>, 'onFaces'> {
  readonly onVectors: (
    picture: PictureWithPixels,
    embeddings: readonly Embedding[],
  ) => Promise<void>
}

async function beginEmbedding(
  flags: EmbedFlags,
  start: RunStart,
): Promise<PictureWork<PictureWithPixels>> {
  const recognizer = await loadRecognizer(start.retinaface, flags)
  const begin = flags.format === 'parquet' ? beginRows : beginLines
  const { onVectors, close, ...work } = await begin(flags, start)
  return {
    ...work,
    onFaces: async (picture) =>
      onVectors(
        picture,
        await recognizer.embed(picture.image, picture.faces, toEmbedOptions(flags)),
      ),
    async close() {
      await Promise.all([close?.(), recognizer.dispose()])
    },
  }
}

async function beginRows(
  { output }: EmbedFlags,
  { resultFile }: RunStart,
): Promise<EmbeddingWriter> {
  const file = await openParquetFile(output!, columns, resultFile)
  return {
    onVectors: (picture, embeddings) =>
      file.add(
        toRows(picture.input.file, picture).map((row, i) => {
          const embedding = embeddings[i]
          return { ...row, embedding: embedding ? [...embedding] : null }
        }),
      ),
    onFailure: ({ file: name }, error) => file.add([toErrorRow(toFailureEntry(name, error))]),
    close: () => file.close(),
  }
}

async function beginLines(flags: EmbedFlags, { resultFile }: RunStart): Promise<EmbeddingWriter> {
  const file = flags.output ? await openResultFile(flags.output, resultFile) : undefined
  const writer = createResultWriter('ndjson', file?.sink ?? standardOutput, true)
  return {
    isDone: (input) => file?.finished.pictures.has(input.file) === true,
    onVectors({ input, width, height, faces: found }, embeddings) {
      const faces = found.map((face, i) => {
        const embedding = Array.from(embeddings[i]!, (value) => round(value, 1e6))
        return { ...toFaceEntry(face), embedding }
      })
      return writer.write({ file: input.file, width, height, faces })
    },
    onFailure: ({ file }, error) => writer.write(toFailureEntry(file, error)),
    close: () => writer.close(),
  }
}
