import type { MorphTarget } from '@retinaface/mesh-decoder'

/** Coefficients of one part of the face. */
export interface ExpressionGroup {
  readonly title: string
  readonly names: readonly string[]
}

const parts: readonly (readonly [title: string, start: RegExp])[] = [
  ['Eyes', /^eye/],
  ['Brows', /^brow/],
  ['Jaw', /^(jaw|tongue)/],
  ['Mouth', /^mouth/],
  ['Cheeks and nose', /^(cheek|nose)/],
  ['Other', /^/],
]

/** The names of targets by part of the face, without those that move nothing. */
export function groupTargets(targets: readonly MorphTarget[]): ExpressionGroup[] {
  const names = targets
    .filter(({ displacements }) => displacements.some((move) => move !== 0))
    .map(({ name }) => name)
  const partOf = (name: string) => parts.find(([, start]) => start.test(name))![0]
  return parts
    .map(([title]) => ({ title, names: names.filter((name) => partOf(name) === title) }))
    .filter((group) => group.names.length > 0)
}

/** `'mouthSmileLeft'` in words: `'Mouth smile left'`. */
export function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
