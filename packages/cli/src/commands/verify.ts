import type { FaceDetector } from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import { round } from '@retinaface/node/results'
import {
  type Embedding,
  type Recognizer,
  thresholdAt,
  type Verification,
  verify,
} from '@retinaface/recognition/node'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { EXIT_CODE } from '../exit-code.ts'
import {
  addNetworkOptions,
  type NetworkFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, loadDetector, type ModelFlags } from '../options/model-options.ts'
import { parseNumber } from '../options/parse-values.ts'
import {
  addRecognitionOptions,
  defaultRate,
  detectOptionsFor,
  loadRecognizer,
  type RecognitionFlags,
  toEmbedOptions,
} from '../options/recognition-options.ts'
import { toJson } from '../output/printable.ts'
import { standardOutput } from '../output/sink.ts'

interface VerifyFlags extends NetworkFlags, RecognitionFlags, ModelFlags {
  readonly threshold?: number
  readonly json?: true
}

/** `retinaface verify` */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('say whether the largest faces of two pictures are of the same person')
    .argument('<a>', 'a picture')
    .argument('<b>', 'another')
    .option(
      '--threshold <similarity>',
      `faces that are at least so alike pass for the same person (default: where ${defaultRate} of pairs of different people passed when the shipped embedder was measured; set it from your own pictures)`,
      parseNumber,
    )
    .option('--json', 'print {"same", "similarity", "threshold"}')
  addRecognitionOptions(command)
  addNetworkOptions(command)
  addModelOptions(command)
  return command.action(async (a: string, b: string, flags: VerifyFlags) => {
    const verification = await verifyPictures(a, b, flags)
    await standardOutput.write(`${flags.json ? toJson(verification) : toText(verification)}\n`)
    process.exitCode = EXIT_CODE.done
  })
}

async function verifyPictures(a: string, b: string, flags: VerifyFlags): Promise<Verification> {
  const retinaface = await loadDetector(flags)
  const recognizer = await loadRecognizer(retinaface, flags)
  const threshold = flags.threshold ?? thresholdAt(recognizer.embedder, defaultRate)
  const one = await embedLargest(retinaface, recognizer, a, flags)
  const other = await embedLargest(retinaface, recognizer, b, flags)
  await Promise.all([recognizer.dispose(), retinaface.dispose()])
  const { same, similarity } = verify(one, other, threshold)
  return { same, similarity: round(similarity, 1e4), threshold: round(threshold, 1e4) }
}

async function embedLargest(
  retinaface: FaceDetector<NodeImageSource>,
  recognizer: Recognizer<NodeImageSource>,
  file: string,
  flags: VerifyFlags,
): Promise<Embedding> {
  const image = await retinaface.readImage(file)
  const options = { ...toDetectOptions(flags), ...detectOptionsFor(flags) }
  const faces = await retinaface.detect(image, options)
  const area = ({ box: [x1, y1, x2, y2] }: (typeof faces)[number]) => (x2 - x1) * (y2 - y1)
  const [largest] = faces.sort((one, other) => area(other) - area(one))
  if (largest) return recognizer.embed(image, largest, toEmbedOptions(flags))
  const name = JSON.stringify(file)
  throw new CliError('NO_FACE', `There is no face in ${name}. Give a picture that shows one.`)
}

function toText({ same, similarity, threshold }: Verification): string {
  const verdict = same ? 'the same person' : 'different people'
  return `${verdict}: similarity ${similarity.toFixed(4)}, threshold ${threshold.toFixed(4)}`
}
