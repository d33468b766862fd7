import {
  ARCFACE_TEMPLATE,
  DEFAULT_MARGIN,
  type DetectOptions,
  HIDE_DETECT_DEFAULTS,
  HIDE_STYLES,
  type HideStyle,
  type InputSizeOption,
} from '@retinaface/core'

/** A schema of what a query may have: it validates requests and is the OpenAPI document's. */
export interface QuerySchema {
  readonly type: 'object'
  readonly additionalProperties: false
  readonly properties: Readonly<Record<string, object>>
}

/** What {@link detectProperties} let through. */
export interface DetectQuery {
  readonly scoreThreshold?: number
  readonly nmsThreshold?: number
  readonly maxFaces?: number
  readonly minFaceSize?: number
  readonly inputSize?: string
  readonly region?: string
  readonly flip?: boolean
  readonly turns?: 'none' | 'auto' | 'all'
  readonly boxVoting?: boolean
}

function detectProperties(scoreThreshold: number): Record<string, object> {
  return {
    scoreThreshold: {
      ...{ type: 'number', minimum: 0, maximum: 1 },
      description: `Faces below this are left out; ${scoreThreshold} unless given.`,
    },
    nmsThreshold: {
      ...{ type: 'number', minimum: 0, maximum: 1 },
      description: 'Overlap above which two boxes are one face; 0.4 unless given.',
    },
    maxFaces: { type: 'integer', minimum: 1, description: 'At most so many faces, the best.' },
    minFaceSize: {
      ...{ type: 'number', minimum: 0 },
      description: 'Smaller faces, in pixels, are left out.',
    },
    inputSize: {
      ...{ type: 'string', pattern: '^(auto|pyramid|original|[1-9][0-9]{1,3})$' },
      description: 'What the network sees: auto, pyramid, original, or a long side in pixels.',
    },
    region: {
      ...{ type: 'string', pattern: '^[0-9]{1,6},[0-9]{1,6},[1-9][0-9]{0,5},[1-9][0-9]{0,5}$' },
      description: 'Look at this part only: x,y,width,height in pixels.',
    },
    flip: { type: 'boolean', description: 'Look at the mirrored picture too.' },
    turns: {
      ...{ type: 'string', enum: ['none', 'auto', 'all'] },
      description: 'Find faces on their side or on their head too.',
    },
    boxVoting: { type: 'boolean', description: 'Let suppressed boxes vote on the kept one.' },
  }
}

const texture = {
  ...{ type: 'string', enum: ['model', 'image'], default: 'model' },
  description: "Colours of the model, without light, or the picture's, with its light.",
}
const refine = {
  ...{ type: 'integer', minimum: 0, maximum: 100, default: 0 },
  description: 'Fit each mesh to the picture in so many steps.',
}

export interface DetectRouteQuery extends DetectQuery {
  readonly expressions: boolean
  readonly mesh: boolean
}

export const detectSchema: QuerySchema = schemaOf({
  ...detectProperties(0.5),
  expressions: { type: 'boolean', default: false, description: 'Give coefficients and gaze.' },
  mesh: { type: 'boolean', default: false, description: 'Give meshes and poses.' },
})

export interface AlignRouteQuery extends DetectQuery {
  readonly size: number
  readonly format: 'png' | 'jpeg'
}

export const alignSchema: QuerySchema = schemaOf({
  ...detectProperties(0.5),
  size: {
    ...{ type: 'integer', minimum: 16, maximum: 1024, default: ARCFACE_TEMPLATE.width },
    description: 'Width and height of a crop in pixels.',
  },
  format: { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Of the crops.' },
})

export interface BlurRouteQuery extends DetectQuery {
  readonly style: HideStyle
  readonly margin: number
  readonly quality?: number
}

export const blurSchema: QuerySchema = schemaOf({
  ...detectProperties(HIDE_DETECT_DEFAULTS.scoreThreshold),
  style: {
    ...{ type: 'string', enum: [...HIDE_STYLES], default: HIDE_STYLES[0] },
    description: 'What covers faces.',
  },
  margin: {
    ...{ type: 'number', minimum: 0, maximum: 10, default: DEFAULT_MARGIN },
    description: "How much larger than the ellipse around a face's box the cover is.",
  },
  quality: {
    ...{ type: 'integer', minimum: 1, maximum: 100 },
    description: 'Of JPEG, WebP and AVIF; 92 unless given, of AVIF 70.',
  },
})

export interface MeshRouteQuery extends DetectQuery {
  readonly texture: 'model' | 'image'
  readonly refine: number
  readonly face: number
}

export const meshSchema: QuerySchema = schemaOf({
  ...detectProperties(0.5),
  texture,
  refine,
  face: {
    ...{ type: 'integer', minimum: 1, default: 1 },
    description: 'Which face a GLB is of, counted from the best.',
  },
})

/** What the detector is told; what is not given is left to it. */
export function toDetectOptions(query: DetectQuery): DetectOptions {
  const { scoreThreshold, nmsThreshold, maxFaces, minFaceSize, flip, boxVoting } = query
  const { inputSize, region, turns } = query
  const [x, y, width, height] = region?.split(',').map(Number) ?? []
  const given = Object.entries({
    ...{ scoreThreshold, nmsThreshold, maxFaces, minFaceSize, flip, boxVoting },
    inputSize: inputSize === undefined ? undefined : toInputSize(inputSize),
    turns: turns === undefined ? undefined : { none: false, auto: 'auto', all: true }[turns],
    region: region === undefined ? undefined : { x, y, width, height },
  })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

function toInputSize(text: string): InputSizeOption {
  return /^\d/.test(text) ? Number(text) : (text as 'auto' | 'pyramid' | 'original')
}

function schemaOf(properties: Readonly<Record<string, object>>): QuerySchema {
  return { type: 'object', additionalProperties: false, properties }
}
