import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'

/**
 * Prints the faces of one of the six photos that `@vladmandic/face-api` ships, as JSON with typed
 * arrays in base64: `find-faces 5`.
 */
const manifest = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')
const photo = join(dirname(manifest), 'demo', `sample${process.argv[2]}.jpg`)
const retinaface = await createRetinaFace()
const faces = await retinaface.detect(photo, { mesh: { normals: true } })
await retinaface.dispose()

process.stdout.write(
  JSON.stringify(faces, (_, value: unknown) =>
    value instanceof Float32Array || value instanceof Int32Array
      ? {
          [value.constructor.name]: Buffer.from(
            value.buffer,
            value.byteOffset,
            value.byteLength,
          ).toString('base64'),
        }
      : value,
  ),
)
