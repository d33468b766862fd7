import { createRetinaFace } from '@retinaface/node'

const retinaface = await createRetinaFace()
const photo = await retinaface.readImage('photo.jpg')
const [face] = await retinaface.detect(photo)
if (!face) throw new Error('There is no face in the photo.')

const { image, transform } = await retinaface.align(photo, face)
console.log(`${image.width}×${image.height}, ${image.channels} channels`)
console.log(transform)
await retinaface.dispose()
