import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/** How a viewer shows faces. */
export interface ViewerOptions {
  /**
   * `single`: one face close up. `standing`: all faces before the photo, in perspective. `overlay`:
   * the photo with the meshes over it, aligned to the pixel. Default `single`.
   */
  readonly scene: 'single' | 'standing' | 'overlay'
  /**
   * `model`: the mesh's colours. `photo`: the photo projected on the mesh. `normals`, `depth`:
   * false colours. `wireframe`: edges. `clay`: one plain colour. Default `model`.
   */
  readonly material: 'model' | 'photo' | 'normals' | 'depth' | 'wireframe' | 'clay'
  /** `predicted`: each face's P_ill. `studio`: one light beside the viewer. Default `predicted`. */
  readonly light: 'predicted' | 'studio'
  /** Show the five points of each face. Default false. */
  readonly landmarks: boolean
  /** Show each head's own axes: red x, green y, blue z. Default false. */
  readonly poseAxes: boolean
  /** Show the anchor box of each face. Default false. */
  readonly anchors: boolean
  /** Share of the view's width, from the left, that shows the photo without meshes. Default 0. */
  readonly comparison: number
  /** Turn the view slowly, unless the user prefers reduced motion. Default false. */
  readonly autoTurn: boolean
  /** Colour behind everything, as CSS has it on the canvas. Default `transparent`. */
  readonly background: string
}

/** What {@link ViewerOptions} are where nothing is said. */
export const VIEWER_DEFAULTS: ViewerOptions = {
  scene: 'single',
  material: 'model',
  light: 'predicted',
  landmarks: false,
  poseAxes: false,
  anchors: false,
  comparison: 0,
  autoTurn: false,
  background: 'transparent',
}

/** The values that an option of words may have. */
export const VIEWER_CHOICES: {
  readonly [Key in 'scene' | 'material' | 'light']: readonly ViewerOptions[Key][]
} = {
  scene: ['single', 'standing', 'overlay'],
  material: ['model', 'photo', 'normals', 'depth', 'wireframe', 'clay'],
  light: ['predicted', 'studio'],
}

/**
 * `base` with `changes`; an undefined change changes nothing.
 *
 * @throws {InvalidArgumentError} for unknown options and values.
 */
export function withOptions(base: ViewerOptions, changes: Partial<ViewerOptions>): ViewerOptions {
  const options: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue
    if (!Object.hasOwn(VIEWER_DEFAULTS, key)) {
      const known = Object.keys(VIEWER_DEFAULTS).join(', ')
      throw new InvalidArgumentError('options', `only ${known}`, key)
    }
    checkOption(key as keyof ViewerOptions, value)
    options[key] = value
  }
  return options as unknown as ViewerOptions
}

function checkOption(key: keyof ViewerOptions, value: unknown): void {
  const name = `options.${key}`
  const choices = choicesOf(key)
  if (choices) {
    if (choices.includes(value as string)) return
    throw new InvalidArgumentError(name, `one of ${choices.join(', ')}`, value)
  }
  if (key === 'comparison') {
    if (typeof value === 'number' && value >= 0 && value <= 1) return
    throw new InvalidArgumentError(name, 'a number from 0 to 1', value)
  }
  if (key === 'background') {
    if (typeof value === 'string' && CSS.supports('color', value)) return
    throw new InvalidArgumentError(name, 'a CSS colour', value)
  }
  if (typeof value !== 'boolean') throw new InvalidArgumentError(name, 'true or false', value)
}

function choicesOf(key: keyof ViewerOptions): readonly string[] | undefined {
  return Object.hasOwn(VIEWER_CHOICES, key)
    ? VIEWER_CHOICES[key as keyof typeof VIEWER_CHOICES]
    : undefined
}
