import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import { ask, createProject, expectOutput, freePort, run, withServer } from './project.mjs'

/** What each example leaves behind; one that is a page is built instead. */
const outcomes = {
  avatars: leaves('avatar.webp', 'avatar-1.jpg'),
  'align-arcface': leaves('crop-1.png'),
  blender: leaves('avatar.glb'),
  'blur-folder': leaves('safe/photo.jpg'),
  'drive-an-avatar': (folder) => run(folder, ['npm', 'run', 'build']),
  'million-pictures': leaves('faces.ndjson'),
  server: answers,
  'webcam-react': (folder) => run(folder, ['npm', 'run', 'build']),
}

/** Each folder of examples/, with the packed packages in place of the published ones. */
export const examples = Object.fromEntries(
  readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [
      `examples/${name}`,
      async (folder, tarballs) => {
        const from = join(root, 'examples', name)
        const given = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
        const names = Object.keys(given.dependencies)
        const own = names.filter((dependency) => dependency.startsWith('@retinaface/'))
        const others = Object.entries({ ...given.dependencies, ...given.devDependencies })
        const rest = others.filter(([dependency]) => !own.includes(dependency))
        createProject(folder, tarballs, own, Object.fromEntries(rest))
        const { name: _, dependencies, devDependencies, ...kept } = given
        const file = join(folder, 'package.json')
        const manifest = { ...JSON.parse(readFileSync(file, 'utf8')), ...kept }
        cpSync(from, folder, { recursive: true, filter: (path) => !path.endsWith('package.json') })
        writeFileSync(file, JSON.stringify(manifest))
        mkdirSync(join(folder, 'photos'))
        cpSync(join(folder, 'photo.jpg'), join(folder, 'photos/photo.jpg'))
        run(folder, ['npm', 'install', '--no-audit', '--no-fund'])
        await outcomes[name](folder)
      },
    ]),
)

function leaves(...files) {
  return (folder) => {
    run(folder, ['npm', 'start'])
    const missing = files.filter((file) => !existsSync(join(folder, file)))
    if (missing.length > 0) {
      throw new Error(`expected ${missing.join(', ')} among ${readdirSync(folder).join(', ')}`)
    }
  }
}

async function answers(folder) {
  const port = await freePort()
  const key = 'the key of the trial'
  const request = {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: readFileSync(join(folder, 'photo.jpg')),
  }
  const find = async () => {
    const { faces } = JSON.parse(await ask(`http://127.0.0.1:${port}/v1/detect`, request))
    expectOutput(String(faces.length), '5')
  }
  await withServer(folder, ['server.mjs'], find, { PORT: String(port), KEY: key })
}
