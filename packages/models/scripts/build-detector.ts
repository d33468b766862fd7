import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { declareTensors, type TensorInfo } from './onnx-model.ts'

const strides = [32, 16, 8]
const contextChannels = 64

/**
 * Makes a detector that takes any height and width divisible by 32 and gives out its context
 * features, from a file of the npm package `retinaface`.
 *
 * @throws if the source file is not the expected one.
 */
export async function buildDetector(file: string, sourceSha256: string): Promise<Uint8Array> {
  const manifest = createRequire(import.meta.url).resolve('retinaface/package.json')
  const source = await readFile(join(dirname(manifest), file))
  const actual = sha256(source)
  if (actual !== sourceSha256) {
    throw new Error(
      `Expected ${file} of the pinned package retinaface with SHA-256 ${sourceSha256} but found ${actual}. Was another version installed?`,
    )
  }
  const input: TensorInfo = { name: 'data', dims: [1, 3, 'height', 'width'] }
  return declareTensors(source, [input], [...strides.flatMap(heads), ...strides.map(features)])
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function heads(stride: number): TensorInfo[] {
  return [
    { name: `face_rpn_cls_prob_reshape_stride${stride}`, dims: map(stride, 4) },
    { name: `face_rpn_bbox_pred_stride${stride}`, dims: map(stride, 8) },
    { name: `face_rpn_landmark_pred_stride${stride}`, dims: map(stride, 20) },
  ]
}

function features(stride: number): TensorInfo {
  return { name: `rf_head_stride${stride}_concat_relu`, dims: map(stride, contextChannels) }
}

function map(stride: number, channels: number): TensorInfo['dims'] {
  return [1, channels, `rows${stride}`, `columns${stride}`]
}
