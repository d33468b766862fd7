import { join } from 'node:path'
import { MEDIAPIPE_VERTICES, type Points } from '@retinaface/evaluation'
import { readFaceTopology, toPoints } from '@retinaface/node/results'
import { Command, Option } from 'commander'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import { EXIT_CODE } from '../exit-code.ts'
import {
  askTeacher,
  type ComparedPicture,
  toPredictions,
} from '../mesh/evaluation/compared-picture.ts'
import {
  EVALUATION_SETS,
  type EvaluationSetName,
  readEvaluationSet,
} from '../mesh/evaluation/evaluation-set.ts'
import {
  type LandmarkSetReport,
  landmarkSetReport,
} from '../mesh/evaluation/landmark-set-report.ts'
import { PREDICTIONS_HELP, readPredictions } from '../mesh/evaluation/predictions.ts'
import { toReportTable } from '../mesh/evaluation/report-table.ts'
import { Teacher } from '../mesh/evaluation/teacher.ts'
import {
  SMALLEST_WIDER_FACE,
  type WiderMeshReport,
  widerMeshReport,
} from '../mesh/evaluation/wider-mesh-report.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'
import { addRefineOption } from '../options/mesh-options.ts'
import { addModelOptions, loadDetector, type ModelFlags } from '../options/model-options.ts'
import { parsePositiveInteger } from '../options/parse-values.ts'
import { addQuietOption, type RunFlags } from '../options/run-options.ts'
import { toJson } from '../output/printable.ts'
import { standardOutput } from '../output/sink.ts'
import { watchForInterruption } from '../run/interruption.ts'
import { processPictures } from '../run/process-pictures.ts'
import { Reporter } from '../run/reporter.ts'

interface EvalMeshFlags extends ModelFlags, RunFlags {
  readonly set: EvaluationSetName
  readonly data: string
  readonly teacher?: string
  readonly predictions?: string
  readonly refine?: number
  readonly limit?: number
  readonly json?: true
}

/** Of the one face of a picture; its background may hold smaller ones. */
const smallestPortrait = 40

const JSON_HELP = `
With --json, errors are in percent and each is {"mean", "median", "p90"}:
  wider-val    {"set", "pictures", "faces", "missed", "nme2dPercent", "nme3dPercent",
               "byHeight": {"24-48", "48-96", "96+"}, "byYaw": {"0-20", "20-40", "40+"}}:
               468 points against the teacher over sqrt(width · height) of the box, for faces of at
               least 24 pixels in which the teacher believes; depth about its mean
  helen, aflw  {"set", "pictures", "faces", "missed", "inner51Percent", "all68Percent", "teacher",
               "inner51RatioToTeacher", "all68RatioToTeacher"}: 68 hand-placed points over the
               distance of the outer eye corners (helen) or sqrt(width · height) of the points'
               box (aflw); aflw also "poseErrorDegrees": {"yaw", "pitch", "roll", "mean"}, helen
               also "expressions": {"mouthOpening": {"correlation", "slope"}, "eyeOpening",
               "browHeight", "mouthWidth"}, of the predictions over the hand-placed points`

/** `retinaface eval mesh` */
export function evalMeshCommand(): Command {
  const command = new Command('mesh')
    .description('errors of face meshes against a teacher network and hand-placed points')
    .addOption(
      new Option('--set <name>', 'which set').choices(EVALUATION_SETS).makeOptionMandatory(),
    )
    .requiredOption('--data <folder>', "the set's folder")
    .option(
      '--teacher <file>',
      'MediaPipe FaceMesh v2 as ONNX (default: ../../models/facemesh-v2-teacher.onnx from the data)',
    )
    .option('--predictions <file>', "evaluate another program's faces, see below")
    .option('--limit <count>', 'only the first pictures', parsePositiveInteger)
    .option('--json', 'print JSON, see below')
  addRefineOption(command)
  addModelOptions(command)
  addQuietOption(command)
  command.addHelpText('after', `${JSON_HELP}\n${PREDICTIONS_HELP}`)
  return command.action(async (flags: EvalMeshFlags) => {
    process.exitCode = await evalMesh(flags)
  })
}

async function evalMesh(flags: EvalMeshFlags): Promise<number> {
  const { set: name, data, predictions: file, limit = Number.POSITIVE_INFINITY } = flags
  const reporter = new Reporter(flags.quiet === true, false)
  const interruption = watchForInterruption(() => reporter.say('Stopping.'))
  const set = await readEvaluationSet(name, data, limit)
  const predictions = file === undefined ? undefined : await readPredictions(file, name)
  const teacherFile = flags.teacher ?? join(data, '../../models/facemesh-v2-teacher.onnx')
  const teacher = await Teacher.load(teacherFile, flags.threads)
  const retinaface = await loadDetector(flags)
  reporter.countTotal(async () => set.pictures.length)
  const minHeight = name === 'wider-val' ? SMALLEST_WIDER_FACE : smallestPortrait
  const pictures: ComparedPicture[] = []
  const exitCode = await processPictures(
    set.pictures,
    {
      async onFaces(picture) {
        const { outputPath } = picture.input
        const predicted = predictions ? predictions.get(outputPath) : toPredictions(picture.faces)
        const taught = await askTeacher(teacher, picture, minHeight)
        pictures.push({ name: outputPath, taught, predicted: predicted ?? [] })
      },
    },
    {
      retinaface,
      detectOptions: detectOptions(flags),
      detect: detectInPixels,
      reporter,
      interruption,
    },
  )
  await Promise.all([retinaface.dispose(), teacher.dispose()])
  reporter.summarise()
  if (exitCode === EXIT_CODE.interrupted) return exitCode
  const canonical = await canonicalPoints()
  const report: WiderMeshReport | LandmarkSetReport =
    name === 'wider-val'
      ? widerMeshReport(pictures, canonical)
      : landmarkSetReport(name, set, pictures, canonical)
  await standardOutput.write(`${flags.json ? toJson(report) : toReportTable(report)}\n`)
  return exitCode
}

/** The protocol: one pass at the picture's own size, never in tiles. */
function detectOptions({ predictions, refine }: EvalMeshFlags): PictureDetectOptions {
  const protocol = { scoreThreshold: 0.5, nmsThreshold: 0.4, tileSize: 8192 }
  if (predictions !== undefined) return protocol
  return { ...protocol, mesh: refine === undefined ? true : { refine } }
}

async function canonicalPoints(): Promise<Points> {
  const { levels } = await readFaceTopology()
  return toPoints(levels.at(-1)!.positions).slice(0, MEDIAPIPE_VERTICES)
}
