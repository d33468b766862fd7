import {
  type MeshFormat,
  quotablePath,
  readExpressionTargets,
  readFaceTopology,
} from '@retinaface/node/results'
import { Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import type { PictureWithPixels } from '../detection/detection.ts'
import { type MeshOutputs, writeMeshes } from '../mesh/write-meshes.ts'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addRefineOption, toMeshOptions } from '../options/mesh-options.ts'
import { addModelOptions, type ModelFlags } from '../options/model-options.ts'
import { type FaceChoice, parseFaceChoice, parseMeshFormats } from '../options/parse-mesh-values.ts'
import { parsePositiveInteger } from '../options/parse-values.ts'
import { addRunOptions, INPUTS_HELP, type RunFlags } from '../options/run-options.ts'
import { indexName, openIndex } from '../output/folder-index.ts'
import { toFailureEntry } from '../output/result-entry.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'
import { openVideo, type VideoToDetect } from '../videos/open-video.ts'
import { addFrameOptions, type FrameFlags } from '../videos/video-options.ts'
import { withVideos } from '../videos/with-videos.ts'
import { writeMovingFaces } from '../videos/write-moving-faces.ts'

interface MeshCommandFlags extends NetworkFlags, SelectionFlags, ModelFlags, RunFlags, FrameFlags {
  readonly output: string
  readonly format: ReadonlySet<MeshFormat>
  readonly face: FaceChoice
  readonly texture: 'model' | 'image'
  readonly overlay?: true
  readonly morphTargets?: true
  readonly turntable?: number
  readonly refine?: number
}

/** `retinaface mesh` */
export function meshCommand(): Command {
  const command = new Command('mesh')
    .description(
      `write the 3D mesh of each face, of videos one for each track: a GLB that moves, or an OBJ of each frame; ${indexName} in the output folder says which picture each is of`,
    )
    .argument('<inputs...>', INPUTS_HELP)
    .requiredOption(
      '--output <folder>',
      'where the files go, as <picture>-<n>.glb, OBJ files of videos as <video>-<id>.0001.obj',
    )
    .addOption(
      new Option(
        '--format <formats>',
        'glb (in metres), obj, ply (both in centimetres) or several, as glb,obj',
      )
        .argParser(parseMeshFormats)
        .default(new Set<MeshFormat>(['glb']), 'glb'),
    )
    .option(
      '--face <which>',
      'all, best (with the highest score; of videos the best seen) or a number, counted from the best (of videos the id)',
      parseFaceChoice,
      'all',
    )
    .addOption(
      new Option(
        '--texture <source>',
        'colours of the model, without light, or a texture baked from the picture, with its light',
      )
        .choices(['model', 'image'])
        .default('model'),
    )
    .option(
      '--morph-targets',
      'give GLB files a morph target for each of the 52 coefficients of expression, by ARKit’s names',
    )
    .option(
      '--overlay',
      'write the picture with the lit meshes over it too, as <picture>-overlay; with --texture image they are of clay',
    )
    .option(
      '--turntable <frames>',
      'write so many PNG pictures of each face turning too, as <picture>-<n>-turntable/001.png',
      parsePositiveInteger,
    )
  addRefineOption(command)
  addFrameOptions(command)
  addSelectionOptions(command, 0.5)
  addNetworkOptions(command)
  addModelOptions(command)
  addRunOptions(command, `skip pictures that are in ${indexName}, failed ones too`)
  return command.action(async (inputs: string[], flags: MeshCommandFlags) => {
    const { texture, refine } = flags
    const meshes = toMeshOptions({ mesh: true, texture, ...(refine ? { refine } : {}) })
    const { format, morphTargets: expressions = false } = flags
    if (expressions && !format.has('glb')) {
      throw new CliError('USAGE', '--morph-targets needs GLB files: add glb to --format.')
    }
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: { ...toDetectOptions(flags), ...meshes, expressions },
      detect: withVideos(detectInPixels, async (input, detector) => {
        if (flags.overlay) {
          throw new CliError(
            'USAGE',
            '--overlay draws on a picture, and this is a video: leave it out.',
          )
        }
        return openVideo(input, detector, flags, { expressions: true })
      }),
      takesVideos: flags.videos === true,
      outputFolder: flags.output,
      printsResults: false,
      begin: (start) => beginMeshing(flags, start),
    })
  })
}

async function beginMeshing(
  flags: MeshCommandFlags,
  { outputFolder, resultFile }: RunStart,
): Promise<PictureWork<PictureWithPixels | VideoToDetect>> {
  const { format: formats, face: choice, texture, overlay = false, turntable = 0 } = flags
  const folder = outputFolder!
  const index = await openIndex(folder, resultFile)
  const topology = await readFaceTopology()
  const { mirror } = topology
  let targets: ReturnType<typeof readExpressionTargets> | undefined
  const claim = (path: string) => index.names.claim(formats.has('obj') ? quotablePath(path) : path)
  const outputs: MeshOutputs = {
    ...{ folder, formats, choice, texture, overlay, turntable, mirror },
    morphTargets: flags.morphTargets === true,
    readTargets: () => (targets ??= readExpressionTargets(topology)),
  }
  return {
    isDone: ({ file }) => index.finished.has(file),
    async onFaces(picture) {
      if ('frames' in picture) {
        const stem = claim(picture.input.outputPath)
        return index.writer.write(await writeMovingFaces(picture, stem, outputs))
      }
      const { width, height } = picture.image
      const written = await writeMeshes(picture, claim(picture.input.outputPath), outputs)
      await index.writer.write({ file: picture.input.file, width, height, ...written })
    },
    onFailure: ({ file }, error) => index.writer.write(toFailureEntry(file, error)),
    close: () => index.writer.close(),
  }
}
