import { annotatePicture, encodePicture } from '@retinaface/node/results'
import { Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { detectInPictures } from '../detection/detect-in-pictures.ts'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import type { DetectedPicture, PictureWithPixels } from '../detection/detection.ts'
import { isPictureName, isVideoName } from '../inputs/walk-folder.ts'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addMeshOptions, type MeshFlags, toMeshOptions } from '../options/mesh-options.ts'
import { addModelOptions, type ModelFlags } from '../options/model-options.ts'
import { addRunOptions, INPUTS_HELP, type RunFlags } from '../options/run-options.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { toFacesEntry, toFailureEntry, toFrameEntry } from '../output/result-entry.ts'
import { openResultFile } from '../output/result-file.ts'
import { createResultWriter, type ResultFormat } from '../output/result-writer.ts'
import { standardOutput } from '../output/sink.ts'
import { outputName } from '../pictures/output-name.ts'
import { readFacts } from '../pictures/picture-facts.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'
import { LiveLinkFiles, type Recording, record } from '../videos/live-link.ts'
import { openVideo, type VideoToDetect } from '../videos/open-video.ts'
import { addFrameOptions, type FrameFlags } from '../videos/video-options.ts'
import { withVideos } from '../videos/with-videos.ts'

interface DetectFlags
  extends NetworkFlags,
    SelectionFlags,
    MeshFlags,
    ModelFlags,
    RunFlags,
    FrameFlags {
  readonly json?: true
  readonly ndjson?: true
  readonly csv?: true
  readonly expressions?: true
  readonly output?: string
  readonly annotate?: string
  readonly liveLink?: string
}

/** `retinaface detect` */
export function detectCommand(): Command {
  const command = new Command('detect')
    .description('find the faces of pictures, and of videos that are named, with --ndjson')
    .argument('<inputs...>', INPUTS_HELP)
    .addOption(
      new Option(
        '--json',
        'print JSON: an object for one picture, an array for folders, globs and several pictures',
      ).conflicts(['ndjson', 'csv']),
    )
    .addOption(
      new Option(
        '--ndjson',
        'print a line of JSON for each picture and each frame of a video, as it is done',
      ).conflicts('csv'),
    )
    .option('--csv', 'print a row for each face; pictures without faces have a row too')
    .option('--output <file>', 'write the results to a file instead of standard output')
    .option('--annotate <folder>', 'write the pictures with boxes, points, scores and meshes drawn')
  addSelectionOptions(command, 0.5)
  addMeshOptions(command)
  command.option(
    '--expressions',
    'give each face its 52 "expressions" by ARKit\'s names, "irises", "gaze", "eyesOpen" and "mouthOpen"; retinaface-500m has them',
  )
  addNetworkOptions(command)
  addFrameOptions(command).addOption(
    new Option(
      '--live-link <folder>',
      "of videos: write each face's expressions and turns of head and eyes as <video>-<id>.csv, in the layout of Live Link Face",
    ).conflicts('annotate'),
  )
  addModelOptions(command)
  addRunOptions(
    command,
    'with --ndjson --output: go on after an earlier run; pictures in the file, failed ones too, are skipped',
  )
  return command.action(async (inputs: string[], flags: DetectFlags) => {
    process.exitCode = await detect(inputs, flags)
  })
}

async function detect(inputs: readonly string[], flags: DetectFlags): Promise<number> {
  if (flags.resume && !(flags.ndjson && flags.output)) {
    throw new CliError('USAGE', '--resume needs --ndjson and --output <file> to go on from.')
  }
  if (flags.output && isPictureName(flags.output)) {
    throw new CliError(
      'USAGE',
      'Results cannot be written to a file that is named like a picture. Give --output another name.',
    )
  }
  const run = {
    inputs,
    flags,
    detectOptions: {
      ...toDetectOptions(flags),
      ...toMeshOptions(flags),
      ...(flags.expressions || flags.liveLink !== undefined ? { expressions: true } : {}),
    },
    outputFolder: flags.annotate ?? flags.liveLink,
    printsResults: flags.output === undefined,
  }
  if (flags.annotate === undefined) {
    return runOnPictures({
      ...run,
      detect: withVideos(detectInPictures, async (input, detector) => {
        expectFrames(flags)
        return openVideo(input, detector, flags)
      }),
      takesVideos: flags.videos === true,
      begin: (start) => beginDetecting(flags, start),
    })
  }
  return runOnPictures({
    ...run,
    detect: detectInPixels,
    begin: (start) => beginAnnotating(flags, start),
  })
}

/** @throws {CliError} if the results of a video's frames cannot be written as asked for */
function expectFrames({ ndjson, liveLink, resume }: DetectFlags): void {
  if (!ndjson && liveLink === undefined) {
    throw new CliError(
      'USAGE',
      'A video has results for each of its frames: ask for them with --ndjson, or for the expressions of its faces with --live-link.',
    )
  }
  if (resume) {
    throw new CliError('USAGE', 'A video cannot be continued in the middle: leave out --resume.')
  }
}

async function beginDetecting(
  flags: DetectFlags,
  { isList, resultFile, outputFolder }: RunStart,
): Promise<PictureWork<DetectedPicture | VideoToDetect>> {
  const file = flags.output ? await openResultFile(flags.output, resultFile) : undefined
  const sink = file?.sink ?? standardOutput
  const parts = { pose: flags.mesh || flags.expressions, expressions: flags.expressions }
  const liveLink = flags.liveLink === undefined ? undefined : new LiveLinkFiles(outputFolder!)
  const writer = createResultWriter(formatOf(flags), sink, isList, parts)
  return {
    // Of a video the file may hold some frames only.
    isDone: (input) => !isVideoName(input.file) && file?.finished.pictures.has(input.file) === true,
    async onFaces(found) {
      if (!('frames' in found)) {
        return writer.write(toFacesEntry(found, flags.texture !== undefined))
      }
      const { file, outputPath } = found.input
      const recording: Recording = new Map()
      for await (const frame of found.frames) {
        if (liveLink) record(recording, frame)
        if (flags.ndjson) await writer.write(toFrameEntry(file, frame))
      }
      await liveLink?.write(outputPath, recording)
    },
    onFailure: ({ file }, error) => writer.write(toFailureEntry(file, error)),
    close: () => writer.close(),
  }
}

async function beginAnnotating(
  flags: DetectFlags,
  start: RunStart,
): Promise<PictureWork<PictureWithPixels>> {
  const work = await beginDetecting(flags, start)
  return {
    ...work,
    async onFaces(picture) {
      await writeAnnotated(start.outputFolder!, picture)
      await work.onFaces(picture)
    },
  }
}

function formatOf({ json, ndjson, csv }: DetectFlags): ResultFormat {
  if (json) return 'json'
  if (ndjson) return 'ndjson'
  return csv ? 'csv' : 'table'
}

async function writeAnnotated(
  folder: OutputFolder,
  { input, image, faces }: PictureWithPixels,
): Promise<void> {
  const facts = await readFacts(input)
  const data = await encodePicture(annotatePicture(image, faces), facts.format)
  await folder.write(outputName(input, facts), data)
}
