import { DEFAULT_MODEL } from '@retinaface/models'
import { mnet025 } from '@retinaface/models/research'
import { expect, test } from 'vitest'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

test.each([DEFAULT_MODEL, mnet025])(
  'meshes of $id come from the worker as they come from the page',
  async (model) => {
    const direct = await createRetinaFace({ model })
    const worker = await createWorkerRetinaFace({ model })
    const image = await direct.readImage(samplePhotoUrl(5))
    const options = { mesh: { normals: true }, maxFaces: 2 }
    const faces = await direct.detect(image, options)
    expect(faces.length).toBe(2)
    expect(faces[0]!.mesh!.positions.length).toBe(faces[0]!.mesh!.normals!.length)
    expect(await worker.detect(image, options)).toEqual(faces)
    await direct.dispose()
    await worker.dispose()
  },
)
