import {
  type DetectOptions,
  type InputSizeOption,
  PAPER_TEST_PROTOCOL,
  type Region,
} from '@retinaface/core'
import { type Command, Option } from 'commander'
import {
  parseInputSize,
  parseNumber,
  parsePositiveInteger,
  parseRegion,
  parseTurns,
} from './parse-values.ts'

/** Detection options that hold for every picture of a run. */
export type PictureDetectOptions = Omit<DetectOptions, 'onProgress' | 'signal'>

/** Options of how the network looks at pictures. */
export interface NetworkFlags {
  readonly inputSize?: InputSizeOption
  readonly nmsThreshold?: number
  readonly flip?: true
  readonly turns?: boolean | 'auto'
  readonly boxVoting?: true
  readonly tileSize?: number
  readonly protocol?: 'paper'
}

/** Options of which faces are wanted. */
export interface SelectionFlags {
  readonly scoreThreshold?: number
  readonly maxFaces?: number
  readonly minFaceSize?: number
  readonly region?: Region
}

export function addNetworkOptions(command: Command): Command {
  return command
    .option(
      '--input-size <size>',
      'what the network sees: auto (reduced, then closer where small faces may be), pyramid (every pixel, and enlarged where small faces may be), original (every pixel), a long side (640) or a padded size (640x480) (default: auto)',
      parseInputSize,
    )
    .option(
      '--nms-threshold <overlap>',
      'overlap above which two boxes are one face (default: 0.4)',
      parseNumber,
    )
    .option('--flip', 'look at the mirrored picture too')
    .option(
      '--turns <which>',
      'find faces that lie on their side or stand on their head too: all looks at every picture in all four turns, auto where a reduced copy shows such faces',
      parseTurns,
    )
    .option('--box-voting', 'let suppressed boxes vote on where the kept one lies')
    .option(
      '--tile-size <pixels>',
      'longest side of one pass, bounds memory (default: 1600)',
      parsePositiveInteger,
    )
    .addOption(
      new Option(
        '--protocol <name>',
        "the paper's test protocol (5 scales, mirrored, voting; some 24 times the work); it sets --input-size, --flip, --box-voting and --nms-threshold, which cannot be given with it",
      )
        .choices(['paper'])
        .conflicts(['inputSize', 'flip', 'boxVoting', 'nmsThreshold']),
    )
}

export function addMinFaceSizeOption(command: Command): Command {
  return command.option(
    '--min-face-size <pixels>',
    'leave out smaller faces, which is faster from 25 on (default: 0)',
    parseNumber,
  )
}

export function addSelectionOptions(command: Command, defaultScore: number): Command {
  return addMinFaceSizeOption(command)
    .option(
      '--score-threshold <score>',
      'leave out faces below this, 0 to 1',
      parseNumber,
      defaultScore,
    )
    .option(
      '--max-faces <count>',
      'at most this many faces a picture, the best (default: all)',
      parsePositiveInteger,
    )
    .option('--region <x,y,w,h>', 'look at this part of the pictures only', parseRegion)
}

/** What the detector is told. */
export function toDetectOptions(flags: NetworkFlags & SelectionFlags): PictureDetectOptions {
  const { inputSize, nmsThreshold, flip, turns, boxVoting, tileSize } = flags
  const { scoreThreshold, maxFaces, minFaceSize, region } = flags
  const given = Object.entries({
    ...{ inputSize, nmsThreshold, flip, turns, boxVoting, tileSize },
    ...{ scoreThreshold, maxFaces, minFaceSize, region },
  }).filter(([, value]) => value !== undefined)
  const protocol = flags.protocol === 'paper' ? PAPER_TEST_PROTOCOL : {}
  return { ...Object.fromEntries(given), ...protocol }
}
