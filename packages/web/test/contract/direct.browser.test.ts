import { testDetectorContract } from '../../../../fixtures/detector-contract.ts'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'

testDetectorContract(() =>
  createRetinaFace({
    model: { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR },
    provider: onnxruntime,
  }),
)
