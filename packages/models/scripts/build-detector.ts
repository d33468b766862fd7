import { readPackaged } from '../../../scripts/read-packaged.ts'
import type { PackagedFile } from '../src/model-entry.ts'
import type { TensorInfo } from '../src/onnx-writer.ts'
import { declareTensors } from './onnx-model.ts'

const strides = [32, 16, 8]
const contextChannels = 64
/**
 * Makes a detector that takes any height and width divisible by 32 and gives out its context
 * features, from a file of an npm package.
 *
 * @throws if the source file is not the expected one.
 */
export async function buildDetector(source: PackagedFile): Promise<Uint8Array> {
  const input: TensorInfo = { name: 'data', dims: [1, 3, 'height', 'width'] }
  const outputs = [...strides.flatMap(heads), ...strides.map(features)]
  return declareTensors(await readSource(source), [input], outputs)
}

/**
 * Reads a network from its npm package.
 *
 * @throws if it is not the expected one.
 */
export function readSource(source: PackagedFile): Promise<Uint8Array> {
  return readPackaged(source, import.meta.url)
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
