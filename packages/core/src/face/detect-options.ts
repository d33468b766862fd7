import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import { expectOptions } from '../errors/expect-options.ts'
import type { Region } from '../image/pixel-image.ts'
import { resolveExpressionOptions } from './expression-options.ts'
import { checkInputSize, type InputSizeOption } from './input-size.ts'
import { type MeshOptions, resolveMeshOptions } from './mesh-options.ts'

/** How to detect; every field has a default. */
export interface DetectOptions {
  /** Faces below this score are left out, 0..1. Default 0.5. */
  readonly scoreThreshold?: number
  /** Of two boxes with a larger intersection over union than this, the better stays. Default 0.4. */
  readonly nmsThreshold?: number
  /** At most this many faces, the best. Default: all. */
  readonly maxFaces?: number
  /**
   * Faces smaller than this in width and height, in pixels of the image, are left out. From 25 on it
   * saves work, see {@link InputSizeOption}. Default 0.
   */
  readonly minFaceSize?: number
  /** Default `'auto'`. */
  readonly inputSize?: InputSizeOption
  /** Look at this part of the picture only; results stay in the whole picture's coordinates. */
  readonly region?: Region
  /** Look at the mirrored picture too and merge. Default false. */
  readonly flip?: boolean
  /**
   * Find faces that lie on their side or stand on their head too, with upright landmarks and meshes:
   * `true` looks at the picture turned by a quarter, half and three quarters as at the picture itself;
   * `'auto'` does so where a turned copy of 640 pixels shows a face that is not seen upright. Default
   * false.
   */
  readonly turns?: boolean | 'auto'
  /** Let suppressed boxes vote on where the kept one lies. Default false. */
  readonly boxVoting?: boolean
  /** Longest side of one pass through the network, in pixels; bounds memory. Default 1600. */
  readonly tileSize?: number
  /** Give each face its context feature vector. Default false. */
  readonly contextFeatures?: boolean
  /** Give each face its mesh, pose, camera, light and latent; an object says how. Default false. */
  readonly mesh?: boolean | MeshOptions
  /** Give each face its coefficients of expression, irises and gaze. Default false. */
  readonly expressions?: boolean
  /** Stops the work; `detect` then rejects with the signal's reason. */
  readonly signal?: CancelSignal
  /** Called after each pass through the network. */
  readonly onProgress?: (progress: DetectProgress) => void
}

/** How far one picture is. */
export interface DetectProgress {
  /** Passes through the network that are done. */
  readonly done: number
  /** Passes that the picture needs in all; `'auto'` and `'pyramid'` may find after a look that they need more. */
  readonly total: number
}

/** Options with every default filled in. */
export interface ResolvedDetectOptions
  extends Required<
      Omit<DetectOptions, 'region' | 'signal' | 'onProgress' | 'mesh' | 'expressions'>
    >,
    Pick<DetectOptions, 'region' | 'signal' | 'onProgress'> {
  /** The options of the face stages that are asked for, by their names. */
  readonly stages: Readonly<Record<string, unknown>>
}

/** What {@link DetectOptions} are when left out. */
export const DETECT_DEFAULTS: Omit<
  ResolvedDetectOptions,
  'region' | 'signal' | 'onProgress' | 'stages'
> = {
  scoreThreshold: 0.5,
  nmsThreshold: 0.4,
  maxFaces: Number.POSITIVE_INFINITY,
  minFaceSize: 0,
  inputSize: 'auto',
  flip: false,
  turns: false,
  boxVoting: false,
  tileSize: 1600,
  contextFeatures: false,
}

/** What resolves the options of the stages that this package has. */
const stageOptions: Readonly<Record<string, (option: object) => object>> = {
  mesh: resolveMeshOptions,
  expressions: resolveExpressionOptions,
}

const knownOptions = [...Object.keys(DETECT_DEFAULTS), 'region', 'signal', 'onProgress']

/** The options that every detector knows. */
export const DETECT_OPTION_NAMES: readonly string[] = [
  ...knownOptions,
  ...Object.keys(stageOptions),
]

/**
 * The paper's testing protocol (arXiv 1905.00641, section 4.2): five scales by the short edge, each
 * mirrored too, merged by box voting at an overlap of 0.4. Accurate, and about 24 times the work of one pass at original size on WIDER FACE.
 */
export const PAPER_TEST_PROTOCOL: DetectOptions = {
  inputSize: { shortSides: [500, 800, 1100, 1400, 1700] },
  flip: true,
  boxVoting: true,
  nmsThreshold: 0.4,
}

/**
 * Fills in defaults and checks every option.
 *
 * @param stageNames the detector's face stages, whose options are known too
 * @throws {InvalidArgumentError} naming the option, what was expected and what came.
 */
export function resolveDetectOptions(
  options: DetectOptions,
  stageNames: readonly string[] = [],
): ResolvedDetectOptions {
  const optionsOfStages = [...Object.keys(stageOptions), ...stageNames]
  expectOptions(options, [...new Set([...knownOptions, ...optionsOfStages])])
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const isOfStage = ([name]: readonly [string, unknown]) => optionsOfStages.includes(name)
  const stages = given.filter(isOfStage).flatMap(([name, value]) => resolveStage(name, value))
  const resolved: ResolvedDetectOptions = {
    ...DETECT_DEFAULTS,
    ...Object.fromEntries(given.filter((entry) => !isOfStage(entry))),
    stages: Object.fromEntries(stages),
  }
  expectNumber('scoreThreshold', resolved.scoreThreshold, 'a number from 0 to 1', 0, 1)
  expectNumber('nmsThreshold', resolved.nmsThreshold, 'a number from 0 to 1', 0, 1)
  expectNumber('maxFaces', resolved.maxFaces, 'a number of at least 1', 1)
  expectNumber('minFaceSize', resolved.minFaceSize, 'a number of pixels of at least 0', 0)
  const { tileSize } = resolved
  const isSide = Number.isInteger(tileSize) || tileSize === Number.POSITIVE_INFINITY
  expectThat(isSide && tileSize >= 640, 'tileSize', 'an integer of at least 640', tileSize)
  for (const name of ['flip', 'boxVoting', 'contextFeatures'] as const) {
    expectThat(typeof resolved[name] === 'boolean', name, 'true or false', resolved[name])
  }
  const isTurns = typeof resolved.turns === 'boolean' || resolved.turns === 'auto'
  expectThat(isTurns, 'turns', "true, false or 'auto'", resolved.turns)
  const { signal, onProgress } = resolved
  const stops = signal === undefined || typeof signal?.throwIfAborted === 'function'
  expectThat(stops, 'signal', 'an AbortSignal', signal)
  const calls = onProgress === undefined || typeof onProgress === 'function'
  expectThat(calls, 'onProgress', 'a function', onProgress)
  checkInputSize(resolved.inputSize)
  if (resolved.region !== undefined) checkRegion(resolved.region)
  return resolved
}

/** True if something is read of faces that is worth all their pixels. */
export function readsFaces({ contextFeatures, stages }: ResolvedDetectOptions): boolean {
  return contextFeatures || Object.keys(stages).length > 0
}

/** The name and option of a stage if it is asked for. */
function resolveStage(name: string, value: unknown): [string, object][] {
  if (value === false) return []
  const option = value === true ? {} : value
  if (typeof option !== 'object' || option === null) {
    throw new InvalidArgumentError(`options.${name}`, 'true, false or an object of options', value)
  }
  const resolve = stageOptions[name]
  return [[name, resolve ? resolve(option) : option]]
}

function checkRegion(region: Region): void {
  const isObject = typeof region === 'object' && region !== null
  expectThat(isObject, 'region', 'an object { x, y, width, height }', region)
  const { x, y, width, height } = region
  const whole = [x, y, width, height].every(Number.isInteger)
  if (!whole || x < 0 || y < 0 || width < 1 || height < 1) {
    throw new InvalidArgumentError(
      'options.region',
      'whole pixels inside the image, as { x, y, width, height }',
      `{ x: ${x}, y: ${y}, width: ${width}, height: ${height} }`,
    )
  }
}

function expectNumber(
  name: keyof DetectOptions,
  value: number,
  expected: string,
  low: number,
  high: number = Number.POSITIVE_INFINITY,
): void {
  expectThat(typeof value === 'number' && value >= low && value <= high, name, expected, value)
}

function expectThat(
  holds: boolean,
  name: keyof DetectOptions,
  expected: string,
  received: unknown,
): void {
  if (!holds) throw new InvalidArgumentError(`options.${name}`, expected, received)
}
