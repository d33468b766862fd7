import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXPRESSION_NAMES } from '@retinaface/core'
import { validateBytes } from 'gltf-validator'
import sharp from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder } from '../sample-pictures.ts'

// Each runs the command, which makes meshes; a busy machine needs time for several pictures.
vi.setConfig({ testTimeout: 300_000 })

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in/a b'), { recursive: true })
  await writeFile(join(folder, 'in/photo.jpg'), await smallPhoto())
  await writeFile(join(folder, 'in/a b/my photo.jpg'), await smallPhoto())
  await writeFile(join(folder, 'in/broken.jpg'), 'no picture')
})

const run = (...args: string[]) => runCli(['mesh', ...args], { cwd: folder })
const read = (name: string) => readFile(join(folder, name))
async function indexOf(name: string) {
  const lines = (await read(`${name}/index.ndjson`)).toString().trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

async function expectValidGlb(name: string, images: number): Promise<void> {
  const { issues, info } = await validateBytes(await read(name))
  expect(issues.messages).toEqual([])
  expect(info.totalVertexCount).toBe(1833)
  expect(info.resources?.filter(({ image }) => image) ?? []).toHaveLength(images)
}

describe('mesh', () => {
  test('writes a valid GLB for each face; a broken picture fails alone, and --resume goes on', async () => {
    const { code, stderr } = await run('in', '--output', 'all')
    expect(stderr).toContain('2 done, 1 failed, 6 faces')
    expect(code).toBe(1)
    const names = ['photo-1', 'photo-2', 'photo-3'].map((name) => `${name}.glb`)
    expect((await readdir(join(folder, 'all'))).sort()).toEqual([
      ...['.retinaface-outputs', 'a b', 'index.ndjson', ...names],
    ])
    for (const name of names) await expectValidGlb(`all/${name}`, 0)
    const index = await indexOf('all')
    expect(index.map(({ file }) => file)).toEqual([
      'in/a b/my photo.jpg',
      'in/broken.jpg',
      'in/photo.jpg',
    ])
    expect(index[1].error.message).toContain('not a picture')
    expect(index[2].faces[1]).toMatchObject({
      number: 2,
      files: ['photo-2.glb'],
      pose: { yaw: expect.any(Number), pitch: expect.any(Number), roll: expect.any(Number) },
    })
    const added = ['photo.jpe', 'photo.jpeg']
    for (const name of added)
      await sharp(await smallPhoto())
        .flop()
        .toFile(join(folder, 'in', name))
    const before = await read('all/photo-1.glb')
    const again = await run('in', '--output', 'all', '--resume')
    expect(again.stderr).toContain('2 done, 0 failed, 3 skipped')
    expect(again.code).toBe(0)
    expect(await read('all/photo-1.glb')).toEqual(before)
    expect((await indexOf('all')).slice(3).map(({ faces }) => faces[0].files)).toEqual(
      added.map((name) => [`${name}-1.glb`]),
    )
    for (const name of added) await rm(join(folder, 'in', name))
  })

  test('--texture image bakes a picture into GLB and OBJ, whose names refer to one another', async () => {
    const options = ['--face', 'best', '--texture', 'image', '--format', 'glb,obj,ply']
    const { code } = await run('in/a b', '--output', 'textured', ...options)
    expect(code).toBe(0)
    await expectValidGlb('textured/my_photo-1.glb', 1)
    const [{ faces }] = await indexOf('textured')
    const names = ['my_photo-1.glb', 'my_photo-1.obj', 'my_photo-1.mtl', 'my_photo-1.png']
    expect(faces[0].files).toEqual([...names, 'my_photo-1.ply'])
    expect((await read('textured/my_photo-1.obj')).toString()).toMatch(
      /^# Unit: centimetres\nmtllib my_photo-1\.mtl\n/,
    )
    expect((await read('textured/my_photo-1.mtl')).toString()).toContain('map_Kd my_photo-1.png\n')
    const { width, height } = await sharp(await read('textured/my_photo-1.png')).metadata()
    expect([width, height]).toEqual([256, 256])
    expect((await read('textured/my_photo-1.ply')).subarray(0, 4).toString()).toBe('ply\n')
  })

  test('--overlay changes the picture where faces are, --turntable shows them from all sides', async () => {
    const options = ['--face', '2', '--overlay', '--turntable', '4', '--refine', '1']
    const { code } = await run('in/photo.jpg', '--output', 'drawn', ...options)
    expect(code).toBe(0)
    const [{ overlay, faces }] = await indexOf('drawn')
    expect(faces).toHaveLength(1)
    const frames = [1, 2, 3, 4].map((n) => `photo-2-turntable/00${n}.png`)
    expect(faces[0].files).toEqual(['photo-2.glb', ...frames])
    const pixels = (path: string) => sharp(join(folder, path)).raw().toBuffer()
    const [x1, y1, x2, y2] = faces[0].box
    const before = await pixels('in/photo.jpg')
    const after = await pixels(`drawn/${overlay}`)
    const changed = (left: number, top: number, right: number, bottom: number) => {
      let sum = 0
      for (let y = Math.round(top); y < bottom; y++) {
        for (let x = Math.round(left); x < right; x++) {
          sum += Math.abs(before[(y * 480 + x) * 3]! - after[(y * 480 + x) * 3]!)
        }
      }
      return sum / ((right - left) * (bottom - top))
    }
    expect(changed(x1, y1, x2, y2)).toBeGreaterThan(6)
    expect(changed(0, 0, 150, 80)).toBeLessThan(2)
    const [front, left, , right] = await Promise.all(frames.map((name) => pixels(`drawn/${name}`)))
    expect(front!.length).toBe(640 * 640 * 3)
    expect(left!.equals(right!)).toBe(false)
    expect(left!.equals(front!)).toBe(false)
  })

  test.each([
    [['--format', 'glb,stl'], 'Expected some of glb,obj,ply.'],
    [['--face', '0'], 'Expected best, all or the number of a face'],
    [['--turntable', '-3'], 'Expected a positive whole number'],
    [['--refine', '101'], 'an integer from 0 to 100'],
  ])('%j exits with 2 and says why', async (options, reason) => {
    const { code, stderr } = await run('in/photo.jpg', '--output', 'wrong', ...options)
    expect(stderr).toContain(reason)
    expect(code).toBe(2)
  })

  test('--morph-targets gives a GLB its 52 targets, set as the face looks', async () => {
    const { code } = await run(
      'in/photo.jpg',
      '--output',
      'moved',
      '--face',
      'best',
      '--morph-targets',
    )
    expect(code).toBe(0)
    await expectValidGlb('moved/photo-1.glb', 0)
    const glb = await read('moved/photo-1.glb')
    const { meshes } = JSON.parse(glb.subarray(20, 20 + glb.readUInt32LE(12)).toString())
    expect(meshes[0].extras.targetNames).toEqual(EXPRESSION_NAMES)
    const { stdout } = await runCli(['detect', 'in/photo.jpg', '--expressions', '--json'], {
      cwd: folder,
    })
    const { expressions } = JSON.parse(stdout).faces[0]
    const differences = EXPRESSION_NAMES.map((name, i) => {
      return Math.abs(meshes[0].weights[i] - expressions[name])
    })
    expect(Math.max(...differences)).toBeLessThan(0.02)
    expect(Math.max(...meshes[0].weights)).toBeGreaterThan(0.2)
  })

  test('--morph-targets without GLB are refused', async () => {
    const { code, stderr } = await run(
      'in/photo.jpg',
      '--output',
      'none',
      '--format',
      'obj',
      '--morph-targets',
    )
    expect(stderr).toContain('add glb to --format')
    expect(code).toBe(2)
  })
})
