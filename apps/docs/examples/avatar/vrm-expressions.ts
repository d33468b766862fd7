import { EXPRESSION_NAMES } from '@retinaface/core'
import type { MorphWeights } from '@retinaface/mesh-decoder'

/**
 * The weights of a VRM's expressions for coefficients by ARKit's names.
 *
 * A file made for perfect sync has expressions of ARKit's own names (in any case), which are set as they are;
 * others have VRM's presets, on which the coefficients are mapped.
 *
 * @param names of the file's expressions
 */
export function vrmWeights(
  names: readonly string[],
  weights: MorphWeights,
): ReadonlyMap<string, number> {
  const perfect = names.flatMap((name) => {
    const coefficient = EXPRESSION_NAMES.find((one) => one.toLowerCase() === name.toLowerCase())
    return coefficient ? [[name, weights[coefficient] ?? 0] as const] : []
  })
  if (perfect.length > 0) return new Map(perfect)
  const presets = presetWeights(weights)
  return new Map(names.flatMap((name) => (name in presets ? [[name, presets[name]!]] : [])))
}

function presetWeights(weights: MorphWeights): Readonly<Record<string, number>> {
  const of = (name: string) => weights[name] ?? 0
  const both = (name: string) => (of(`${name}Left`) + of(`${name}Right`)) / 2
  const rounded = Math.min(1, of('mouthPucker') + of('mouthFunnel'))
  const wide = both('mouthStretch')
  return {
    aa: of('jawOpen') * (1 - rounded),
    ih: wide * (1 - of('jawOpen')),
    ou: of('mouthPucker'),
    ee: both('mouthDimple'),
    oh: of('mouthFunnel'),
    happy: both('mouthSmile'),
    sad: both('mouthFrown'),
    angry: both('browDown') * (1 - both('mouthSmile')),
    surprised: of('browInnerUp') * both('eyeWide'),
    blinkLeft: of('eyeBlinkLeft'),
    blinkRight: of('eyeBlinkRight'),
  }
}
