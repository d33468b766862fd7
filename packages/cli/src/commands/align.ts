import { ARCFACE_TEMPLATE, alignFaces } from '@retinaface/core'
import { encodePicture, type FaceEntry, toFaceEntry, toSharp } from '@retinaface/node/results'
import { Command, Option } from 'commander'
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
import { parseCropSize, parsePositiveInteger } from '../options/parse-values.ts'
import { addRunOptions, INPUTS_HELP, type RunFlags } from '../options/run-options.ts'
import { indexName, openIndex } from '../output/folder-index.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { toFailureEntry } from '../output/result-entry.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'
import { openVideo, type VideoToDetect } from '../videos/open-video.ts'
import { addFrameOptions, type FrameFlags } from '../videos/video-options.ts'
import { withVideos } from '../videos/with-videos.ts'
import { writeBestCrops } from '../videos/write-best-crops.ts'

interface AlignFlags extends NetworkFlags, SelectionFlags, ModelFlags, RunFlags, FrameFlags {
  readonly output: string
  readonly size: number
  readonly format: 'png' | 'jpeg'
  readonly best: number
}

/** `retinaface align` */
export function alignCommand(): Command {
  const command = new Command('align')
    .description(
      `cut faces out, upright, as ArcFace expects them, of videos the best crops of each track; ${indexName} in the output folder says where each came from`,
    )
    .argument('<inputs...>', INPUTS_HELP)
    .requiredOption(
      '--output <folder>',
      'where the crops go, as <picture>-<n>.png and <video>-<id>-<n>.png',
    )
    .option('--size <pixels>', 'width and height of a crop', parseCropSize, ARCFACE_TEMPLATE.width)
    .addOption(new Option('--format <format>').choices(['png', 'jpeg']).default('png'))
    .option(
      '--best <count>',
      'of videos: so many crops of each track, the best by score, size, turn and sharpness',
      parsePositiveInteger,
      1,
    )
  addFrameOptions(command)
  addSelectionOptions(command, 0.5)
  addNetworkOptions(command)
  addModelOptions(command)
  addRunOptions(command, `skip pictures that are in ${indexName}, failed ones too`)
  return command.action(async (inputs: string[], flags: AlignFlags) => {
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: toDetectOptions(flags),
      detect: withVideos(detectInPixels, (input, detector) => openVideo(input, detector, flags)),
      takesVideos: flags.videos === true,
      outputFolder: flags.output,
      printsResults: false,
      begin: (start) => beginAligning(flags, start),
    })
  })
}

async function beginAligning(
  flags: AlignFlags,
  { outputFolder, resultFile }: RunStart,
): Promise<PictureWork<PictureWithPixels | VideoToDetect>> {
  const folder = outputFolder!
  const { finished, names, writer: index } = await openIndex(folder, resultFile)
  return {
    isDone: ({ file }) => finished.has(file),
    async onFaces(picture) {
      if ('frames' in picture) {
        return index.write(await writeBestCrops(picture, flags, folder, names))
      }
      const { file, outputPath } = picture.input
      const { width, height } = picture.image
      const faces = await writeCrops(picture, flags, folder, names.claim(outputPath))
      await index.write({ file, width, height, faces })
    },
    onFailure: ({ file }, error) => index.write(toFailureEntry(file, error)),
    close: () => index.close(),
  }
}

/** A face in the index. */
interface CropEntry extends FaceEntry {
  /** Its file, from the index's folder. */
  readonly crop: string
  /** Takes picture coordinates to the crop's: `[a, b, c, d, e, f]`, x' = ax + by + c, y' = dx + ey + f. */
  readonly transform: readonly number[]
}

async function writeCrops(
  { image, faces }: PictureWithPixels,
  { size, format }: AlignFlags,
  folder: OutputFolder,
  stem: string,
): Promise<CropEntry[]> {
  const scale = size / ARCFACE_TEMPLATE.width
  const entries: CropEntry[] = []
  for (const [i, { image: crop, transform }] of alignFaces(image, faces, { scale }).entries()) {
    const name = `${stem}-${i + 1}.${format === 'jpeg' ? 'jpg' : 'png'}`
    await folder.write(name, await encodePicture(toSharp(crop), format))
    entries.push({ crop: name, ...toFaceEntry(faces[i]!), transform })
  }
  return entries
}
