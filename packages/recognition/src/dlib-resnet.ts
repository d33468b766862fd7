import type { AlignmentTemplate } from '@retinaface/core'
import type { AssetEntry } from '@retinaface/models'
import type { EmbedderConfiguration } from './embedder/embedder.ts'

/**
 * dlib's chip of 150×150 pixels with a padding of 0.25: where its mean face has the centres of the
 * eyes, the tip of the nose and the corners of the mouth.
 */
export const DLIB_TEMPLATE: AlignmentTemplate = {
  points: [
    [47.55, 46.6],
    [100.48, 46.6],
    [74.01, 76.56],
    [50.41, 103.02],
    [97.61, 103.02],
  ],
  width: 150,
  height: 150,
}

/** How dlib's network takes faces. */
export const DLIB_RESNET: EmbedderConfiguration = {
  name: 'dlib-resnet',
  channelOrder: 'rgb',
  mean: [122.782, 117.001, 104.298],
  scale: 1 / 255,
  template: DLIB_TEMPLATE,
  dimensions: 128,
  // It was trained on distances, not on angles.
  normalised: false,
  // Of 1,747,623 pairs of different people of LFW, five points of retinaface-500m, mirrored faces too.
  falseAcceptance: [
    { rate: 0.01, similarity: 0.8303 },
    { rate: 0.001, similarity: 0.8637 },
    { rate: 0.0001, similarity: 0.8891 },
  ],
}

/** The network's file. */
export const dlibResnet: AssetEntry = {
  id: 'dlib-resnet',
  description: "dlib's ResNet-29 for face recognition: 128 numbers a face",
  file: 'dlib-resnet.onnx',
  get url() {
    return new URL('../assets/generated/dlib-resnet.onnx', import.meta.url)
  },
  bytes: 6494557,
  sha256: '1353f6a61fbb8d1ee8fcf4710cd970c4468594ad84acc8cb87e5108a466e792c',
  licence: {
    stated: 'public domain (dlib, Davis King); weights as @vladmandic/face-api ships them (MIT)',
  },
}
