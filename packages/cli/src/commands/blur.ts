import {
  DEFAULT_MARGIN,
  findFacesToHide,
  HIDE_DETECT_DEFAULTS,
  HIDE_STYLES,
  type HideStyle,
  hideFaces,
} from '@retinaface/core'
import { encodePicture, toSharp } from '@retinaface/node/results'
import { Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import type { Detection, Detector, PictureWithPixels } from '../detection/detection.ts'
import type { PictureInput } from '../inputs/find-pictures.ts'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, type ModelFlags } from '../options/model-options.ts'
import { parseMargin, parseQuality } from '../options/parse-values.ts'
import { addRunOptions, INPUTS_HELP, type RunFlags } from '../options/run-options.ts'
import { nameOfHeic, outputName } from '../pictures/output-name.ts'
import { keepsDepth, readDeep, readFacts } from '../pictures/picture-facts.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'
import { followVideo, type VideoWithTracks, writeHidden } from '../videos/hide-video.ts'
import { addHideVideoOptions, type HideVideoFlags } from '../videos/video-options.ts'
import { withVideos } from '../videos/with-videos.ts'

interface BlurFlags extends NetworkFlags, SelectionFlags, ModelFlags, RunFlags, HideVideoFlags {
  readonly output: string
  readonly style: HideStyle
  readonly margin: number
  readonly quality?: number
}

/** `retinaface blur` */
export function blurCommand(): Command {
  const command = new Command('blur')
    .description(
      'make faces of pictures and videos unrecognisable; they keep their format (HEIC becomes JPEG) and lose their metadata, pictures of several pages or frames are refused; videos keep sound, subtitles and chapters, and need FFmpeg',
    )
    .argument('<inputs...>', INPUTS_HELP)
    .requiredOption('--output <folder>', 'where they go; failed ones are not copied')
    .addOption(new Option('--style <style>', 'how').choices(HIDE_STYLES).default(HIDE_STYLES[0]))
    .option(
      '--margin <share>',
      'how much larger than the ellipse around the face box to hide',
      parseMargin,
      DEFAULT_MARGIN,
    )
  command.option(
    '--quality <1..100>',
    'of JPEG, WebP and AVIF (default: 92, of AVIF 70; a lossless WebP stays so)',
    parseQuality,
  )
  addSelectionOptions(command, HIDE_DETECT_DEFAULTS.scoreThreshold)
  addNetworkOptions(command)
  command.option('--no-turns', 'look at pictures as they stand only (default: --turns auto)')
  addHideVideoOptions(command)
  addModelOptions(command)
  addRunOptions(command, 'skip pictures whose output an earlier run wrote')
  return command.action(async (inputs: string[], flags: BlurFlags) => {
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: toDetectOptions(flags),
      detect: withVideos(detectToHide, (input, detector) => followVideo(input, detector, flags)),
      tellsUnread: true,
      takesVideos: true,
      outputFolder: flags.output,
      printsResults: false,
      begin: async (start) => beginBlurring(flags, start),
    })
  })
}

const detectToHide = (
  inputs: AsyncIterable<PictureInput>,
  detector: Detector,
): AsyncGenerator<Detection<PictureWithPixels>, void, undefined> =>
  detectInPixels(inputs, detector, findFacesToHide)

function beginBlurring(
  flags: BlurFlags,
  start: RunStart,
): PictureWork<PictureWithPixels | VideoWithTracks> {
  const { style, margin, quality, resume } = flags
  const { say } = start
  const folder = start.outputFolder!
  return {
    isDone: async ({ outputPath }) =>
      resume === true &&
      ((await folder.has(outputPath)) || (await folder.has(nameOfHeic(outputPath)))),
    async onFaces(found) {
      if ('video' in found) return writeHidden(found, flags, start)
      const { input, image, faces } = found
      const facts = await readFacts(input)
      const { format, pages, bits, lossless, isHeic } = facts
      const isDeep = keepsDepth(facts)
      if (pages > 1) throw severalPages(pages)
      const options = { style, margin }
      const hidden = isDeep
        ? hideFaces(await readDeep(input), faces, options)
        : hideFaces(image, faces, options)
      const encoded = await encodePicture(toSharp(hidden), format, { quality, lossless })
      const name = outputName(input, facts)
      await folder.write(name, encoded)
      if (isHeic) say(`${input.file}: HEIC cannot be written, so it is the JPEG ${name}.`)
      if (faces.length === 0) say(`${input.file}: no face was found. Look at it yourself.`)
      if (bits > 8 && !isDeep) say(`${input.file}: written with 8 bits a sample; it had more.`)
    },
  }
}

/** Only the first page or frame is looked at; the others would be lost or show faces. */
function severalPages(count: number): CliError {
  return new CliError(
    'PAGES',
    `It has ${count} pages or frames, of which only the first is looked at. Split it into single pictures and hide each of them.`,
  )
}
