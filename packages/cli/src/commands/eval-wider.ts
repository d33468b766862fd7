import { evaluateWider, readWiderGroundTruth, type ScoredBox } from '@retinaface/evaluation'
import { Command } from 'commander'
import { detectInPictures } from '../detection/detect-in-pictures.ts'
import { EXIT_CODE } from '../exit-code.ts'
import { findByName } from '../inputs/find-by-name.ts'
import {
  addMinFaceSizeOption,
  addNetworkOptions,
  type NetworkFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, loadDetector, type ModelFlags } from '../options/model-options.ts'
import { addQuietOption, type RunFlags } from '../options/run-options.ts'
import { toJson } from '../output/printable.ts'
import { standardOutput } from '../output/sink.ts'
import {
  expectCurvesFile,
  toAveragePrecisions,
  toWiderTable,
  writeWiderCurves,
} from '../output/wider-report.ts'
import { watchForInterruption } from '../run/interruption.ts'
import { processPictures } from '../run/process-pictures.ts'
import { Reporter } from '../run/reporter.ts'

interface EvalWiderFlags extends NetworkFlags, ModelFlags, RunFlags {
  readonly images: string
  readonly groundTruth: string
  readonly minFaceSize?: number
  readonly curves?: string
  readonly json?: true
}

// Low enough for the whole precision-recall curve.
const scoreThreshold = 0.02

/** `retinaface eval wider` */
export function evalWiderCommand(): Command {
  const command = new Command('wider')
    .description('average precision on WIDER FACE validation, by its official protocol')
    .requiredOption('--images <folder>', 'the pictures, found by name in any folder below')
    .requiredOption('--ground-truth <folder>', 'the four official .mat files')
    .option('--curves <file>', 'draw the precision-recall curves into a new .svg or .png')
    .option('--json', 'print {"easy", "medium", "hard", "images"}')
  addNetworkOptions(command)
  addMinFaceSizeOption(command)
  addModelOptions(command)
  addQuietOption(command)
  return command.action(async (flags: EvalWiderFlags) => {
    process.exitCode = await evalWider(flags)
  })
}

async function evalWider(flags: EvalWiderFlags): Promise<number> {
  const { curves } = flags
  if (curves !== undefined) await expectCurvesFile(curves)
  const reporter = new Reporter(flags.quiet === true, false)
  const interruption = watchForInterruption(() => reporter.say('Stopping.'))
  const groundTruth = await readWiderGroundTruth(flags.groundTruth)
  const pictures = await findByName(flags.images, new Set(groundTruth.map(({ name }) => name)))
  reporter.say(
    `${pictures.length} of the ground truth's ${groundTruth.length} pictures are there; the others are left out.`,
  )
  reporter.countTotal(async () => pictures.length)
  const retinaface = await loadDetector(flags)
  const detections = new Map<string, readonly ScoredBox[]>()
  const exitCode = await processPictures(
    pictures,
    { onFaces: async ({ input, faces }) => void detections.set(input.outputPath, faces) },
    {
      retinaface,
      detectOptions: { ...toDetectOptions(flags), scoreThreshold },
      detect: detectInPictures,
      reporter,
      interruption,
    },
  )
  await retinaface.dispose()
  reporter.summarise()
  if (exitCode === EXIT_CODE.interrupted) return exitCode
  const result = evaluateWider(groundTruth, detections, retinaface.configuration.pixelConvention)
  const text = flags.json ? toJson(toAveragePrecisions(result)) : toWiderTable(result)
  await standardOutput.write(`${text}\n`)
  if (curves !== undefined) await writeWiderCurves(curves, result)
  return exitCode
}
