import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { validateBytes } from 'gltf-validator'
import sharp from 'sharp'
import { beforeAll, expect, test, vi } from 'vitest'
import { film } from '../film.ts'
import { runCli } from '../run-cli.ts'
import { temporaryFolder, tinyPicture } from '../sample-pictures.ts'

// Each looks at all frames of a video.
vi.setConfig({ testTimeout: 240_000 })

let folder: string
const at = (name: string) => join(folder, name)
const options = ['--threads', '1', '--score-threshold', '0.8', '--quiet']

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(at('in'))
  film(8, at('in/film.mp4'), "boxblur=4:enable='not(between(n,4,5))'")
  await sharp(await tinyPicture()).toFile(at('in/film-1.jpg'))
})

async function indexOf(name: string) {
  const lines = (await readFile(at(`${name}/index.ndjson`), 'utf8')).trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

test('align writes the sharpest crop of each track, and keeps clear of the names of pictures', async () => {
  const { code } = await runCli([
    'align',
    at('in'),
    '--videos',
    '--size',
    '56',
    '--output',
    at('crops'),
    ...options,
  ])
  expect(code).toBe(0)
  const [picture, video] = await indexOf('crops')
  expect(picture).toMatchObject({ file: at('in/film-1.jpg'), faces: [] })
  expect(video).toMatchObject({ file: at('in/film.mp4'), width: 320, height: 240 })
  // A third face comes in from the side.
  const faces = video.faces.slice(0, 2)
  expect(faces.map(({ id }: { id: number }) => id)).toEqual([1, 2])
  expect(faces.map(({ crop }: { crop: string }) => crop)).toEqual([
    'film-1_1-1.png',
    'film-2-1.png',
  ])
  for (const { crop, time, quality, transform } of faces) {
    expect([0.16, 0.2]).toContain(time)
    expect(quality).toBeGreaterThan(0)
    expect(quality).toBeLessThan(1)
    expect(transform).toHaveLength(6)
    const { width, height } = await sharp(at(`crops/${crop}`)).metadata()
    expect([width, height]).toEqual([56, 56])
  }
})

test('mesh writes a GLB of each track that moves as long as the face is seen', async () => {
  const args = ['mesh', at('in/film.mp4'), '--every', '2', '--output', at('meshes')]
  const { code } = await runCli([...args, '--format', 'glb,ply', ...options])
  expect(code).toBe(0)
  const [video] = await indexOf('meshes')
  expect(video.faces.slice(0, 2)).toMatchObject([
    { id: 1, files: ['film-1.glb', 'film-1.ply'], times: [0, 0.24] },
    { id: 2, files: ['film-2.glb', 'film-2.ply'], times: [0, 0.24] },
  ])
  const bytes = await readFile(at('meshes/film-2.glb'))
  const { issues } = await validateBytes(bytes)
  expect(issues.messages).toEqual([])
  const json = JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString())
  const keys = json.accessors[json.animations[0].samplers[0].input]
  expect(keys).toMatchObject({ count: 4, min: [0], max: [expect.closeTo(0.24, 5)] })
  expect(json.meshes[0].extras.targetNames).toContain('jawOpen')
})

test('mesh writes an OBJ of each frame, also of those that were not looked at', async () => {
  const args = ['mesh', at('in/film.mp4'), '--every', '2', '--face', '2', '--output', at('objs')]
  const { code } = await runCli([...args, '--format', 'obj', ...options])
  expect(code).toBe(0)
  const [video] = await indexOf('objs')
  const numbered = [1, 2, 3, 4, 5, 6, 7].map((number) => `film-2.000${number}.obj`)
  expect(video.faces).toMatchObject([{ id: 2, files: [...numbered, 'film-2.mtl'] }])
  const texts = await Promise.all(numbered.map((name) => readFile(at(`objs/${name}`), 'utf8')))
  for (const text of texts) expect(text).toContain('mtllib film-2.mtl')
  const triangles = texts.map((text) => text.split('\n').filter((line) => line.startsWith('f ')))
  for (const each of triangles) expect(each).toEqual(triangles[0])
  expect(new Set(texts.map((text) => /^v .*/m.exec(text)?.[0])).size).toBe(7)
})

test('mesh has no overlay of a video', async () => {
  const args = ['mesh', at('in/film.mp4'), '--overlay', '--output', at('overlay'), ...options]
  const { code, stderr } = await runCli(args)
  expect(code).toBe(1)
  expect(stderr).toContain('--overlay draws on a picture')
})

test('videos in folders are passed over unless they are asked for', async () => {
  const args = ['detect', at('in'), '--ndjson', '--every', '4', ...options]
  const files = async (...more: string[]) => {
    const { stdout } = await runCli([...args, ...more])
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).file]))
  }
  expect(await files()).toEqual([at('in/film-1.jpg')])
  expect(await files('--videos')).toEqual(
    ['film-1.jpg', 'film.mp4', 'film.mp4'].map((name) => at(`in/${name}`)),
  )
  expect((await readdir(at('in'))).sort()).toEqual(['film-1.jpg', 'film.mp4'])
})
