import { readFile } from 'node:fs/promises'
import { evaluateVerification, parseVerificationPairs } from '@retinaface/evaluation'
import { describeError } from '@retinaface/node/results'
import { type Embedding, similarity } from '@retinaface/recognition/node'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import type { PictureWithPixels } from '../detection/detection.ts'
import { EXIT_CODE } from '../exit-code.ts'
import { findByName } from '../inputs/find-by-name.ts'
import {
  addNetworkOptions,
  type NetworkFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, loadDetector, type ModelFlags } from '../options/model-options.ts'
import {
  addRecognitionOptions,
  detectOptionsFor,
  loadRecognizer,
  type RecognitionFlags,
  toEmbedOptions,
} from '../options/recognition-options.ts'
import { addQuietOption, type RunFlags } from '../options/run-options.ts'
import { toJson } from '../output/printable.ts'
import { standardOutput } from '../output/sink.ts'
import { toVerificationReport, toVerificationTable } from '../output/verification-report.ts'
import { watchForInterruption } from '../run/interruption.ts'
import { processPictures } from '../run/process-pictures.ts'
import { Reporter } from '../run/reporter.ts'

interface EvalLfwFlags extends NetworkFlags, RecognitionFlags, ModelFlags, RunFlags {
  readonly images: string
  readonly pairs: string
  readonly json?: true
}

/** `retinaface eval lfw` */
export function evalLfwCommand(): Command {
  const command = new Command('lfw')
    .description(
      'how well pairs of pictures are told the same person or not, by ten-fold cross-validation',
    )
    .requiredOption('--images <folder>', 'the pictures, found by name in any folder below')
    .requiredOption('--pairs <file>', 'CSV with the columns a,b,same: two file names, and 1 or 0')
    .option(
      '--json',
      'print {"accuracy", "threshold", "pairs", "missed", "tarAtFar": {"0.01"}, "intervals"}',
    )
  addRecognitionOptions(command)
  addNetworkOptions(command)
  addModelOptions(command)
  addQuietOption(command)
  return command.action(async (flags: EvalLfwFlags) => {
    process.exitCode = await evalLfw(flags)
  })
}

async function evalLfw(flags: EvalLfwFlags): Promise<number> {
  const reporter = new Reporter(flags.quiet === true, false)
  const interruption = watchForInterruption(() => reporter.say('Stopping.'))
  const all = await readPairs(flags.pairs)
  const pictures = await findByName(flags.images, new Set(all.flatMap(({ names }) => names)))
  const there = new Set(pictures.map(({ outputPath }) => outputPath))
  const pairs = all.filter(({ names }) => names.every((name) => there.has(name)))
  reporter.say(`${pairs.length} of ${all.length} pairs are there; the others are left out.`)
  reporter.countTotal(async () => pictures.length)
  const retinaface = await loadDetector(flags)
  const recognizer = await loadRecognizer(retinaface, flags)
  const embeddings = new Map<string, Embedding>()
  const exitCode = await processPictures(
    pictures,
    {
      async onFaces(picture: PictureWithPixels) {
        const face = nearestToCentre(picture)
        if (!face) return
        const embedding = await recognizer.embed(picture.image, face, toEmbedOptions(flags))
        embeddings.set(picture.input.outputPath, embedding)
      },
    },
    {
      retinaface,
      detectOptions: { ...toDetectOptions(flags), ...detectOptionsFor(flags) },
      detect: detectInPixels,
      reporter,
      interruption,
    },
  )
  await Promise.all([recognizer.dispose(), retinaface.dispose()])
  reporter.summarise()
  if (exitCode === EXIT_CODE.interrupted) return exitCode
  const similarities = pairs.map(({ names: [a, b] }) => {
    const [one, other] = [embeddings.get(a), embeddings.get(b)]
    return one && other && similarity(one, other)
  })
  const result = evaluateVerification(pairs, similarities)
  const text = flags.json ? toJson(toVerificationReport(result)) : toVerificationTable(result)
  await standardOutput.write(`${text}\n`)
  return exitCode
}

async function readPairs(file: string) {
  try {
    return parseVerificationPairs(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = describeError(error).message
    throw new CliError(
      'PAIRS',
      `Could not read the pairs ${JSON.stringify(file)}: ${reason}`,
      error,
    )
  }
}

/** Whom the picture is of, as LFW's pictures were cut: others may stand beside. */
function nearestToCentre({ faces, width, height }: PictureWithPixels) {
  const distance = ({ box: [x1, y1, x2, y2] }: (typeof faces)[number]) =>
    Math.hypot(x1 + x2 - width, y1 + y2 - height)
  return [...faces].sort((a, b) => distance(a) - distance(b))[0]
}
