import { testDetectorContract } from '../../../../fixtures/detector-contract.ts'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'

testDetectorContract(() =>
  createWorkerRetinaFace({
    model: { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR },
    provider: onnxruntime,
  }),
)
