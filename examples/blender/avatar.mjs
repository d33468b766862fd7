import { writeFile } from 'node:fs/promises'
import { writeGlb } from '@retinaface/mesh-decoder'
import { createRetinaFace } from '@retinaface/node'

const retinaface = await createRetinaFace()
const [face] = await retinaface.detect('photo.jpg', { mesh: { refine: 2 }, maxFaces: 1 })
await retinaface.dispose()
if (!face?.mesh) throw new Error('There is no face in the photo.')

// The head's own frame: upright, from the front, in centimetres; GLB files are in metres.
const { canonical, colors, triangles, uv } = face.mesh
await writeFile('avatar.glb', writeGlb({ positions: canonical, colors, triangles, uv }))
