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
import { HIDE_STYLES, type HideStyle, hideFaces } from '../pictures/hide-faces.ts'
import type { PictureWithPixels } from '../run/look.ts'
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
    .addOption(new Option('--style <style>', 'how').choices(HIDE_STYLES).default('pixelate'))
    .option('--margin <share>', 'how much larger than the face box to hide', parseMargin, 0.2)
  // Lower than elsewhere: hiding what is no face is better than showing one.
  addSelectionOptions(command, 0.3)
  addNetworkOptions(command)
  addModelOptions(command)
  addRunOptions(command, 'skip pictures whose output an earlier run wrote')
  return command.action(async (inputs: string[], flags: BlurFlags) => {
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: toDetectOptions(flags),
      lookAt: lookWithPixels,
      outputFolder: flags.output,
      printsResults: false,
      begin: async (start) => beginBlurring(flags, start),
    })
  })
}

function beginBlurring(
  { style, margin, resume }: BlurFlags,
  { outputFolder }: RunStart,
): PictureWork<PictureWithPixels> {
  const folder = outputFolder!
  return {
    isDone: async ({ outputPath }) => resume === true && (await folder.has(outputPath)),
    async onFaces({ input, image, faces }) {
      const format = await readFormat(input)
      const hidden = await hideFaces(image, faces, style, margin)
      await folder.write(outputName(input, format), await encodePicture(toSharp(hidden), format))
    },
  }
}
