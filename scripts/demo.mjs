import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, parse, resolve } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const given = process.argv[2]
const picture = given ? resolve(process.env.INIT_CWD ?? '.', given) : samplePhoto()
const out = join(root, 'out')
mkdirSync(out, { recursive: true })
const json = join(out, `${parse(picture).name}.json`)

retinaface('detect', picture, '--mesh', '--json', '--output', json, '--annotate', out)
retinaface('mesh', picture, '--output', join(out, 'meshes'), '--overlay')
retinaface('mesh', picture, '--output', join(out, 'best'), '--face', 'best', '--texture', 'image')
console.log(`
Faces of ${basename(picture)} with their meshes:
  ${json}
The picture with boxes, landmarks, scores and wireframes:
  ${out}
The picture with lit meshes over it (*-overlay), and a GLB of each face in the model's colours:
  ${join(out, 'meshes')}
A GLB of the best face with its texture from the picture:
  ${join(out, 'best')}`)

function retinaface(...args) {
  const script = join(root, 'scripts', 'retinaface.mjs')
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** A photograph that ships with an npm package that the tests use. */
function samplePhoto() {
  const require = createRequire(join(root, 'packages', 'cli', 'package.json'))
  return join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo', 'sample5.jpg')
}
