import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseCsv } from '../parse-csv.ts'
import { runCli } from '../run-cli.ts'
import { samplePhoto, smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in/deep'), { recursive: true })
  await writeFile(join(folder, 'in/photo.jpg'), await smallPhoto())
  await writeFile(join(folder, 'in/deep/empty.jpg'), '')
  await writeFile(join(folder, 'in/deep/plain.jpg'), await tinyPicture())
  await writeFile(join(folder, 'in/readme.txt'), 'not a picture')
})

describe('detect', () => {
  test('--json prints one object for one picture, the same faces as the library finds', async () => {
    const photo = samplePhoto(1)
    const { code, stdout } = await runCli(['detect', photo, '--json'])
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    expect(Object.keys(result)).toEqual(['file', 'width', 'height', 'faces'])
    expect(result).toMatchObject({ file: photo, width: 1920, height: 1280 })
    const retinaface = await createRetinaFace()
    const expected = await retinaface.detect(photo)
    await retinaface.dispose()
    expect(expected).toHaveLength(3)
    expect(result.faces).toHaveLength(3)
    for (const [i, face] of expected.entries()) {
      expect(Object.keys(result.faces[i])).toEqual(['score', 'box', 'landmarks'])
      expect(result.faces[i].score).toBeCloseTo(face.score, 5)
      const numbers = [...result.faces[i].box, ...result.faces[i].landmarks.flat()]
      const distances = [...face.box, ...face.landmarks.flat()].map((v, k) => v - numbers[k])
      expect(Math.max(...distances.map(Math.abs))).toBeLessThan(0.001)
    }
  })

  test('a folder gives an array with every picture below, failed ones with code and message', async () => {
    const { code, stdout, stderr } = await runCli(['detect', 'in', '--json'], { cwd: folder })
    expect(code).toBe(1)
    const results = JSON.parse(stdout)
    expect(results.map(({ file }: { file: string }) => file)).toEqual([
      'in/deep/empty.jpg',
      'in/deep/plain.jpg',
      'in/photo.jpg',
    ])
    expect(results[0].error).toEqual({
      code: 'IMAGE_READ',
      message: 'Could not read "in/deep/empty.jpg": it is empty (0 bytes).',
    })
    expect(results[1].faces).toEqual([])
    expect(results[2].faces).toHaveLength(3)
    expect(stderr).toContain('Could not read "in/deep/empty.jpg"')
    expect(stderr).toContain('2 done, 1 failed, 3 faces')
    expect(stderr).not.toContain('    at ')
  })

  test('--csv has a row for each face, and for pictures without', async () => {
    const { stdout } = await runCli(['detect', 'in/**/*.jpg', '--csv'], { cwd: folder })
    const [header, ...rows] = parseCsv(stdout)
    expect(header).toHaveLength(21)
    expect(rows.every((row) => row.length === 21)).toBe(true)
    expect(rows.map((row) => [row[0], row[3]])).toEqual([
      ['in/deep/empty.jpg', ''],
      ['in/deep/plain.jpg', ''],
      ['in/photo.jpg', '1'],
      ['in/photo.jpg', '2'],
      ['in/photo.jpg', '3'],
    ])
    expect(rows[0]!.slice(-2)[0]).toBe('IMAGE_READ')
  })

  test('without a format it prints a table, and reads standard input as -', async () => {
    const input = await smallPhoto()
    const { code, stdout } = await runCli(['detect', '-', '--quiet'], { input })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^- {2}480×320 {2}3 faces\n( +\d {2}score [01]\.\d{3} .*\n){3}$/)
  })

  test('--annotate keeps folders and format, and draws at the faces only', async () => {
    const args = ['detect', 'in', '--annotate', 'drawn', '--ndjson', '--output', 'drawn.ndjson']
    const { code, stdout } = await runCli(args, { cwd: folder })
    expect(code).toBe(1)
    expect(stdout).toBe('')
    const lines = (await readFile(join(folder, 'drawn.ndjson'), 'utf8')).trim().split('\n')
    const [x1, y1] = JSON.parse(lines[2]!).faces[0].box
    const read = (path: string) =>
      sharp(join(folder, path)).raw().toBuffer({ resolveWithObject: true })
    const before = await read('in/photo.jpg')
    const after = await read('drawn/photo.jpg')
    expect(after.info).toMatchObject({ width: 480, height: 320 })
    const change = (x: number, y: number) => {
      const at = (y * 480 + x) * 3
      return Math.max(...[0, 1, 2].map((c) => Math.abs(after.data[at + c]! - before.data[at + c]!)))
    }
    expect(change(Math.round(x1), Math.round(y1) + 12)).toBeGreaterThan(40)
    expect(change(5, 5)).toBeLessThan(12)
    expect((await read('drawn/deep/plain.jpg')).info.width).toBe(32)
  })

  test('outputs never go where they could replace an input', async () => {
    const before = await readFile(join(folder, 'in/photo.jpg'))
    const args = ['detect', 'in/photo.jpg', '--annotate', 'in']
    const { code, stderr } = await runCli(args, { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('--force')
    expect(await readFile(join(folder, 'in/photo.jpg'))).toEqual(before)
  })
})
