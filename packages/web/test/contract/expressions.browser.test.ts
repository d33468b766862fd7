import { describe } from 'vitest'
import { testExpressions } from '../../../../fixtures/expressions-contract.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import type { WebImageSource } from '../../src/image/web-image-source.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

const photo: WebImageSource = samplePhotoUrl(5)

describe('expressions in the page', () => {
  testExpressions((model) => createRetinaFace({ model }), photo)
})

describe('expressions in a worker', () => {
  testExpressions((model) => createWorkerRetinaFace({ model }), photo)
})
