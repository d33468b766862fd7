import { writeModel } from '../../src/onnx-writer.ts'
import { detectorSteps, headName, STRIDES } from './detector-steps.ts'
import { INT8_RANGES } from './int8-ranges.ts'
import { Int8Writer } from './int8-writer.ts'

/**
 * The detector in 8-bit integers, from interleaved pixels to each level's predictions in float32,
 * `1×rows×columns×30`.
 *
 * Channels lie side by side throughout (the runtime's own operators), since the integer kernels want
 * them so; activations have the fixed ranges of {@link INT8_RANGES}. It gives out no features.
 */
export function int8Detector(model: Uint8Array): Uint8Array {
  const writer = new Int8Writer(INT8_RANGES)
  for (const step of detectorSteps(model)) writer.add(step)
  return writeModel({
    nodes: writer.nodes,
    weights: writer.weights,
    inputs: [{ name: 'pixels', type: 'uint8', dims: [1, 'height', 'width', 3] }],
    outputs: STRIDES.map((stride) => ({
      name: headName(stride),
      dims: [1, `rows${stride}`, `columns${stride}`, 30],
    })),
    operatorSets: { '': 12, 'com.microsoft': 1 },
  })
}
