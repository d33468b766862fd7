import { describe } from 'vitest'
import { testFaceStages } from '../../../../fixtures/face-stage-contract.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import type { WebImageSource } from '../../src/image/web-image-source.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

const photo: WebImageSource = samplePhotoUrl(1)

describe('face stages in the page', () => {
  testFaceStages((stages) => createRetinaFace({ stages, provider: onnxruntime }), photo)
})

describe('face stages in a worker', () => {
  testFaceStages((stages) => createWorkerRetinaFace({ stages, provider: onnxruntime }), photo)
})
