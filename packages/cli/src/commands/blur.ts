import {
  DEFAULT_MARGIN,
  findFacesToHide,
  HIDE_DETECT_DEFAULTS,
  HIDE_STYLES,
  type HideStyle,
  hideFaces,
} from '@retinaface/core'
import { Command, Option } from 'commander'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, type ModelFlags } from '../options/model-options.ts'
import { parseMargin } from '../options/parse-values.ts'
import { addRunOptions, INPUTS_HELP, type RunFlags } from '../options/run-options.ts'
import { encodePicture, outputName, readFormat, toSharp } from '../pictures/encode-picture.ts'
import type { LookAtPictures, PictureWithPixels } from '../run/look.ts'
import { lookWithPixels } from '../run/look-with-pixels.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'

interface BlurFlags extends NetworkFlags, SelectionFlags, ModelFlags, RunFlags {
  readonly output: string
  readonly style: HideStyle
  readonly margin: number
}

/** `retinaface blur` */
export function blurCommand(): Command {
  const command = new Command('blur')
    .description(
      'make faces unrecognisable; pictures keep their format and lose their metadata, animations all but the first frame',
    )
    .argument('<inputs...>', INPUTS_HELP)
    .requiredOption('--output <folder>', 'where the pictures go; failed ones are not copied')
    .addOption(new Option('--style <style>', 'how').choices(HIDE_STYLES).default(HIDE_STYLES[0]))
    .option(
      '--margin <share>',
      'how much larger than the ellipse around the face box to hide',
      parseMargin,
      DEFAULT_MARGIN,
    )
  addSelectionOptions(command, HIDE_DETECT_DEFAULTS.scoreThreshold)
  addNetworkOptions(command)
  addModelOptions(command)
  addRunOptions(command, 'skip pictures whose output an earlier run wrote')
  return command.action(async (inputs: string[], flags: BlurFlags) => {
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: toDetectOptions(flags),
      lookAt: lookToHide,
      outputFolder: flags.output,
      printsResults: false,
      begin: async (start) => beginBlurring(flags, start),
    })
  })
}

const lookToHide: LookAtPictures<PictureWithPixels> = (inputs, finder) =>
  lookWithPixels(inputs, finder, findFacesToHide)

function beginBlurring(
  { style, margin, resume }: BlurFlags,
  { outputFolder }: RunStart,
): PictureWork<PictureWithPixels> {
  const folder = outputFolder!
  return {
    isDone: async ({ outputPath }) => resume === true && (await folder.has(outputPath)),
    async onFaces({ input, image, faces }) {
      const format = await readFormat(input.source)
      const hidden = hideFaces(image, faces, { style, margin })
      await folder.write(outputName(input, format), await encodePicture(toSharp(hidden), format))
    },
  }
}
