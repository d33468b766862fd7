import { ARCFACE_TEMPLATE, InvalidArgumentError } from '@retinaface/core'
import type { EmbedderConfiguration } from './embedder.ts'

const arcFace = {
  template: ARCFACE_TEMPLATE,
  dimensions: 512,
  normalised: true,
  falseAcceptance: [],
} as const satisfies Partial<EmbedderConfiguration>

/** InsightFace's ArcFace files, as `w600k_r50.onnx`, `w600k_mbf.onnx` and `glintr100.onnx`. */
export const ARCFACE_INSIGHTFACE: EmbedderConfiguration = {
  ...arcFace,
  name: 'arcface-insightface',
  channelOrder: 'rgb',
  mean: [127.5, 127.5, 127.5],
  scale: 1 / 127.5,
}

/** `arcfaceresnet100-8.onnx` of the ONNX Model Zoo, which scales samples itself. */
export const ARCFACE_MODEL_ZOO: EmbedderConfiguration = {
  ...arcFace,
  name: 'arcface-model-zoo',
  channelOrder: 'rgb',
  mean: [0, 0, 0],
  scale: 1,
}

/** AdaFace (arXiv 2204.00964) as its authors' weights take faces: blue, green, red. */
export const ADAFACE: EmbedderConfiguration = {
  ...arcFace,
  name: 'adaface',
  channelOrder: 'bgr',
  mean: [127.5, 127.5, 127.5],
  scale: 1 / 127.5,
}

/** SFace (arXiv 2205.12010), `face_recognition_sface_2021dec.onnx` of OpenCV's zoo. */
export const SFACE: EmbedderConfiguration = {
  ...arcFace,
  name: 'sface',
  channelOrder: 'rgb',
  mean: [0, 0, 0],
  scale: 1,
  dimensions: 128,
}

/** How the common files of 112×112 pixels take faces, by name. */
export const EMBEDDER_PRESETS: Readonly<Record<string, EmbedderConfiguration>> = Object.fromEntries(
  [ARCFACE_INSIGHTFACE, ARCFACE_MODEL_ZOO, ADAFACE, SFACE].map((preset) => [preset.name, preset]),
)

/** @throws {InvalidArgumentError} for a name that no preset has */
export function findEmbedderPreset(name: string): EmbedderConfiguration {
  if (Object.hasOwn(EMBEDDER_PRESETS, name)) return EMBEDDER_PRESETS[name]!
  const expected = `one of ${Object.keys(EMBEDDER_PRESETS).join(', ')}, or a configuration,`
  throw new InvalidArgumentError('options.embedder.configuration', expected, name)
}
