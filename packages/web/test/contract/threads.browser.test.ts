import { expect, test } from 'vitest'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

test.each([
  ['in the page', createRetinaFace],
  ['in a worker', createWorkerRetinaFace],
])('%s faces are the same with threads and where there is but one', async (_, create) => {
  const several = await create({ threads: 2 })
  const one = await create({ threads: 1 })
  expect(several.provider.threads).toBe(crossOriginIsolated ? 2 : 1)
  const faces = await several.detect(samplePhotoUrl(5), { inputSize: 640 })
  expect(faces.length).toBeGreaterThan(1)
  expect(await one.detect(samplePhotoUrl(5), { inputSize: 640 })).toEqual(faces)
  await Promise.all([several.dispose(), one.dispose()])
})

test('no more threads start than twice the processors', async () => {
  const retinaface = await createRetinaFace({ threads: 1000 })
  const most = crossOriginIsolated ? 2 * navigator.hardwareConcurrency : 1
  expect(retinaface.provider.threads).toBe(most)
  await retinaface.dispose()
})
