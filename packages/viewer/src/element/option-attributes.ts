import { VIEWER_CHOICES, VIEWER_DEFAULTS, type ViewerOptions } from '../options/viewer-options.ts'

type Option = keyof ViewerOptions

/** The attribute of each option. */
export const OPTION_ATTRIBUTES: Readonly<Record<Option, string>> = {
  scene: 'scene',
  material: 'material',
  light: 'light',
  landmarks: 'landmarks',
  poseAxes: 'pose-axes',
  anchors: 'anchors',
  comparison: 'comparison',
  autoTurn: 'auto-turn',
  background: 'background',
}

/** Every option. */
export const OPTIONS: readonly Option[] = Object.keys(OPTION_ATTRIBUTES) as Option[]

/** The options that an element's attributes stand for; what HTML does not know is the default. */
export function readOptions(element: Element): ViewerOptions {
  const entries = OPTIONS.map((option) => [option, readOption(element, option)])
  return Object.fromEntries(entries) as ViewerOptions
}

function readOption(element: Element, option: Option): ViewerOptions[Option] {
  const text = element.getAttribute(OPTION_ATTRIBUTES[option])
  const fallback = VIEWER_DEFAULTS[option]
  if (typeof fallback === 'boolean') return text !== null
  if (text === null) return fallback
  if (option === 'comparison') {
    const share = Number.parseFloat(text)
    return share >= 0 && share <= 1 ? share : fallback
  }
  if (option === 'background') return CSS.supports('color', text) ? text : fallback
  const choices: readonly string[] = VIEWER_CHOICES[option as keyof typeof VIEWER_CHOICES]
  return choices.includes(text) ? text : fallback
}

/** Makes an element's attributes say what its options are. */
export function writeOptions(element: Element, options: ViewerOptions): void {
  const said = readOptions(element)
  for (const option of OPTIONS) {
    const value = options[option]
    if (said[option] === value) continue
    const attribute = OPTION_ATTRIBUTES[option]
    if (typeof value === 'boolean') element.toggleAttribute(attribute, value)
    else element.setAttribute(attribute, String(value))
  }
}
