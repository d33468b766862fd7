import type { AnchorLevel, ModelConfiguration, OutputConfiguration } from './model-configuration.ts'

const twoAnchorLevels = {
  coarseFirst: [
    { stride: 32, sizes: [512, 256] },
    { stride: 16, sizes: [128, 64] },
    { stride: 8, sizes: [32, 16] },
  ],
  fineFirst: [
    { stride: 8, sizes: [16, 32] },
    { stride: 16, sizes: [64, 128] },
    { stride: 32, sizes: [256, 512] },
  ],
} as const

// Measured with `mnet025` on WIDER FACE: from 48 pixels on the finest level adds 0.004 of average
// precision at most, from 64 on nothing; at 32 it is 0.22.
const levelsThatCanBeLeftOut: readonly AnchorLevel[] = twoAnchorLevels.coarseFirst.map((level) =>
  level.stride === 8 ? { ...level, neededBelow: 48 } : level,
)

const insightFaceOutputs: OutputConfiguration = {
  layout: 'maps',
  score: { channels: 'background-and-face', values: 'probability' },
  names: {
    score: 'face_rpn_cls_prob_reshape_stride{stride}',
    box: 'face_rpn_bbox_pred_stride{stride}',
    landmarks: 'face_rpn_landmark_pred_stride{stride}',
  },
  order: ['score', 'box', 'landmarks'],
  contextFeatures: 'rf_head_stride{stride}_concat_relu',
}

/** InsightFace's MobileNet-0.25, second release (`mnet.25_v2`): the better landmarks. */
export const MNET025: ModelConfiguration = {
  name: 'mnet025',
  input: { name: 'data', channelOrder: 'rgb', mean: [0, 0, 0], scale: 1, sizeMultiple: 32 },
  outputs: insightFaceOutputs,
  levels: twoAnchorLevels.coarseFirst,
  faceSizes: { from: 24, to: 640 },
  anchorCentre: { strides: 0, pixels: 7.5 },
  boxCentreVariance: 1,
  boxSizeVariance: 1,
  landmarkVariance: 0.2,
  pixelConvention: 'indices',
}

/** InsightFace's MobileNet-0.25, first release (`mnet.25_v1`): slightly more faces found. */
export const MNET025_V1: ModelConfiguration = {
  ...MNET025,
  name: 'mnet025-v1',
  landmarkVariance: 1,
}

const cellOutputs: OutputConfiguration = {
  layout: 'cells',
  score: { channels: 'face', values: 'logit' },
  names: {
    score: 'face_rpn_stride{stride}',
    box: 'face_rpn_stride{stride}',
    landmarks: 'face_rpn_stride{stride}',
  },
  order: ['score', 'box', 'landmarks'],
}

/** `mnet025` with the same arithmetic in fewer steps, as `@retinaface/models` builds it. */
export const MNET025_SLIM: ModelConfiguration = {
  ...MNET025,
  name: 'mnet025-slim',
  levels: levelsThatCanBeLeftOut,
  outputs: { ...cellOutputs, contextFeatures: 'rf_head_stride{stride}_concat_relu' },
}

/** `mnet025` in 8-bit integers, as `@retinaface/models` builds it. */
export const MNET025_INT8: ModelConfiguration = {
  ...MNET025,
  name: 'mnet025-int8',
  input: { ...MNET025.input, name: 'pixels', layout: 'interleaved' },
  levels: levelsThatCanBeLeftOut,
  outputs: cellOutputs,
}

/**
 * `mnet025`'s backbone with a neck of this project's training, as `@retinaface/models` builds it: boxes
 * and landmarks in pixel edges.
 */
export const MNET025_LEAN: ModelConfiguration = {
  ...MNET025_SLIM,
  name: 'mnet025-lean',
  anchorCentre: { strides: 0, pixels: 8 },
  pixelConvention: 'edges',
}

/** InsightFace's ResNet-50 (`R50`); some releases need a `landmarkVariance` of 0.2. */
export const RESNET50_INSIGHTFACE: ModelConfiguration = {
  ...MNET025,
  name: 'resnet50-insightface',
  landmarkVariance: 1,
}

/** The common PyTorch implementation with MobileNet-0.25, exported to ONNX. */
export const MOBILE025_PYTORCH: ModelConfiguration = {
  name: 'mobile025-pytorch',
  input: {
    name: 'input',
    channelOrder: 'bgr',
    mean: [123, 117, 104],
    scale: 1,
    sizeMultiple: 1,
  },
  outputs: {
    layout: 'flat',
    score: { channels: 'background-and-face', values: 'probability' },
    names: { score: 'conf', box: 'loc', landmarks: 'landms' },
    order: ['box', 'score', 'landmarks'],
  },
  levels: twoAnchorLevels.fineFirst,
  faceSizes: { from: 24, to: 640 },
  anchorCentre: { strides: 0.5, pixels: 0 },
  boxCentreVariance: 0.1,
  boxSizeVariance: 0.2,
  landmarkVariance: 0.1,
  pixelConvention: 'edges',
}

/** The common PyTorch implementation with ResNet-50, exported to ONNX. */
export const RESNET50_PYTORCH: ModelConfiguration = {
  ...MOBILE025_PYTORCH,
  name: 'resnet50-pytorch',
}

/**
 * The paper's own pyramid (arXiv 1905.00641, table 1): P2 to P6 with three anchors a cell, sizes
 * 16 to 406.37 in steps of 2^(1/3). The authors released no such network; this is for users' own.
 */
export const PAPER_P2_P6: ModelConfiguration = {
  ...MNET025,
  name: 'paper-p2-p6',
  input: { ...MNET025.input, sizeMultiple: 64 },
  levels: [4, 8, 16, 32, 64].map((stride) => ({
    stride,
    sizes: [0, 1, 2].map((octaveThird) => stride * 4 * 2 ** (octaveThird / 3)),
  })),
  anchorCentre: { strides: 0.5, pixels: -0.5 },
  landmarkVariance: 1,
}

/**
 * Networks that this project trains itself (`training/retinaface/detector`): the anchors of
 * `mnet025`, boxes and landmarks in pixel edges.
 */
export const RETINAFACE_TS: ModelConfiguration = {
  ...MNET025,
  name: 'retinaface-ts',
  outputs: {
    layout: 'maps',
    score: { channels: 'background-and-face', values: 'probability' },
    names: {
      score: 'score_stride{stride}',
      box: 'box_stride{stride}',
      landmarks: 'landmarks_stride{stride}',
    },
    order: ['score', 'box', 'landmarks'],
    contextFeatures: 'features_stride{stride}',
  },
  anchorCentre: { strides: 0, pixels: 8 },
  pixelConvention: 'edges',
}

/**
 * YuNet-n of libfacedetection.train and OpenCV's model zoo (Shiqi Yu; Apache-2.0, MIT in the zoo), as an
 * ONNX file with an input of dynamic size: one anchor a cell, at the cell's corner, as large as the
 * stride.
 */
export const YUNET: ModelConfiguration = {
  name: 'yunet',
  input: { name: 'input', channelOrder: 'bgr', mean: [0, 0, 0], scale: 1, sizeMultiple: 32 },
  outputs: {
    layout: 'rows',
    score: { channels: 'class-and-objectness', values: 'probability' },
    names: {
      score: 'cls_{stride}',
      objectness: 'obj_{stride}',
      box: 'bbox_{stride}',
      landmarks: 'kps_{stride}',
    },
    order: ['score', 'objectness', 'box', 'landmarks'],
  },
  levels: [
    { stride: 8, sizes: [8] },
    { stride: 16, sizes: [16] },
    { stride: 32, sizes: [32] },
  ],
  faceSizes: { from: 16, to: 300 },
  anchorCentre: { strides: 0, pixels: 0 },
  boxCentreVariance: 1,
  boxSizeVariance: 1,
  landmarkVariance: 1,
  pixelConvention: 'edges',
}

/**
 * `retinaface-500m`, this project's own network: one anchor a cell, at the cell's corner, as large as
 * the stride, up to stride 64.
 */
export const RETINAFACE_500M: ModelConfiguration = {
  ...MNET025,
  name: 'retinaface-500m',
  input: { ...MNET025.input, sizeMultiple: 64 },
  outputs: { ...cellOutputs, contextFeatures: 'context_stride{stride}' },
  levels: [8, 16, 32, 64].map((stride) => ({ stride, sizes: [stride] })),
  faceSizes: { from: 16, to: 640, sureTo: 96 },
  anchorCentre: { strides: 0, pixels: 0 },
  landmarkVariance: 1,
  pixelConvention: 'edges',
}

/** `retinaface-500m` in 8-bit integers, as `@retinaface/models` has it. */
export const RETINAFACE_500M_INT8: ModelConfiguration = {
  ...RETINAFACE_500M,
  name: 'retinaface-500m-int8',
  input: { ...RETINAFACE_500M.input, name: 'pixels', layout: 'interleaved' },
  outputs: cellOutputs,
}

/** Every built-in configuration by its name. */
export const MODEL_PRESETS: Readonly<Record<string, ModelConfiguration>> = Object.fromEntries(
  [
    MNET025,
    MNET025_V1,
    MNET025_SLIM,
    MNET025_INT8,
    MNET025_LEAN,
    MOBILE025_PYTORCH,
    RESNET50_INSIGHTFACE,
    RESNET50_PYTORCH,
    PAPER_P2_P6,
    RETINAFACE_TS,
    YUNET,
    RETINAFACE_500M,
    RETINAFACE_500M_INT8,
  ].map((configuration) => [configuration.name, configuration]),
)
