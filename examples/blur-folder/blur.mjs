import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRetinaFace, findFacesToHide, hideFaces } from '@retinaface/node'
import sharp from 'sharp'

const [from, to] = ['photos', 'safe']
const retinaface = await createRetinaFace()
await mkdir(to, { recursive: true })

for (const name of await readdir(from)) {
  try {
    const photo = await retinaface.readImage(join(from, name))
    const faces = await findFacesToHide(retinaface, photo)
    const { data, width, height, channels } = hideFaces(photo, faces, { style: 'blur' })
    await sharp(data, { raw: { width, height, channels } }).toFile(join(to, name))
    console.log(`${name}: ${faces.length} hidden`)
  } catch (error) {
    // Not copied: nobody has looked at it.
    console.error(error instanceof Error ? error.message : error)
  }
}
await retinaface.dispose()
