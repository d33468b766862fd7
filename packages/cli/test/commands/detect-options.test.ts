import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mnet025 } from '@retinaface/models/research'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder } from '../sample-pictures.ts'

let photo: string

beforeAll(async () => {
  photo = join(await temporaryFolder(), 'photo.jpg')
  await writeFile(photo, await smallPhoto())
})

interface Face {
  readonly score: number
  readonly box: readonly number[]
}

async function detect(...options: string[]): Promise<Face[]> {
  const { code, stdout, stderr } = await runCli(['detect', photo, '--json', ...options])
  expect(stderr).toContain('1 done')
  expect(code).toBe(0)
  return JSON.parse(stdout).faces
}

describe('options change what is found', () => {
  test('--max-faces, --min-face-size and --score-threshold select faces', async () => {
    const all = await detect('--score-threshold', '0.02')
    expect(all.length).toBeGreaterThan(3)
    expect(await detect('--max-faces', '1')).toEqual(all.slice(0, 1))
    const sizes = all.slice(0, 3).map(({ box }) => Math.max(box[2]! - box[0]!, box[3]! - box[1]!))
    const limit = String((Math.min(...sizes) + Math.max(...sizes)) / 2)
    const large = await detect('--min-face-size', limit)
    expect(large.length).toBeGreaterThan(0)
    expect(large.length).toBeLessThan(3)
  })

  test('--region leaves out faces elsewhere', async () => {
    const faces = await detect('--region', '320,0,160,200')
    expect(faces).toHaveLength(1)
    expect(faces[0]!.box[0]).toBeGreaterThan(320)
  })

  test.each([
    ['--input-size', '320'],
    ['--input-size', '640x640'],
    ['--flip'],
    ['--protocol', 'paper'],
    ['--model', 'mnet025-v1'],
    ['--precision', 'int8'],
  ])('%s %s gives other numbers for the same three faces', async (...options) => {
    const faces = await detect(...options)
    expect(faces.length).toBeGreaterThanOrEqual(3)
    expect(faces).not.toEqual(await detect())
  })

  test('--provider takes the first of a list that works', async () => {
    expect(await detect('--provider', 'abacus,cpu')).toEqual(await detect())
  })

  test('--nms-threshold 1 keeps overlapping boxes, and --box-voting moves the kept ones', async () => {
    expect((await detect('--nms-threshold', '1')).length).toBeGreaterThan(3)
    expect(await detect('--box-voting')).not.toEqual(await detect())
  })

  test('--model takes an ONNX file with its preset', async () => {
    const file = fileURLToPath(mnet025.url)
    const named = await detect('--model', 'mnet025')
    expect(await detect('--model', file, '--preset', 'mnet025')).toEqual(named)
  })

  const pytorch = fileURLToPath(
    new URL('../../../../../shared/models/pytorch-mobilenet0.25.onnx', import.meta.url),
  )
  test.skipIf(!existsSync(pytorch))('--preset mobile025-pytorch runs that export', async () => {
    const faces = await detect('--model', pytorch, '--preset', 'mobile025-pytorch')
    expect(faces.length).toBeGreaterThanOrEqual(3)
  })
})

describe('wrong usage', () => {
  test.each([
    [[], "missing required argument 'inputs'"],
    [['x.jpg', '--json', '--csv'], 'cannot be used with'],
    [['x.jpg', '--score-threshold', '2'], 'Expected a number from 0 to 1'],
    [['x.jpg', '--input-size', '12by3'], 'a long side (640, at most 99999)'],
    [
      ['x.jpg', '--model', 'resnet'],
      'not one of the installed models (retinaface-500m, mnet025, mnet025-v1, mnet025-lean)',
    ],
    [['x.jpg', '--model', '/none.onnx', '--preset', 'mnet025'], 'Could not read the model'],
    [['x.jpg', '--precision', 'int4'], 'Allowed choices are float32, int8'],
    [
      ['x.jpg', '--precision', 'int8', '--model', 'mnet025-v1'],
      "(retinaface-500m and mnet025 have 'int8' too)",
    ],
    [['x.jpg', '--provider', 'abacus'], 'Available here: cpu'],
    [['x.jpg', '--output', 'y.jpg'], 'written to a file that is named like a picture'],
    [['x.jpg', '--resume'], '--resume needs --ndjson'],
    [['x.jpg', '--output', '/dev/null/out.txt'], 'Could not write'],
    [['x.jpg', '--protocol', 'paper', '--input-size', '640'], 'cannot be used with'],
    [['x.jpg', '--mesh', '--model', 'mnet025-v1'], 'retinaface-500m, mnet025, mnet025-lean do'],
  ])('detect %j exits with 2 and says why, without a stack', async (args, reason) => {
    const { code, stdout, stderr } = await runCli(['detect', ...args])
    expect(stderr).toContain(reason)
    expect(stderr).not.toContain('    at ')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('--pixel-limit makes a picture fail and --threads is checked', async () => {
    const refused = await runCli(['detect', photo, '--json', '--pixel-limit', '1000'])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout).error.message).toContain('480×320')
    expect((await runCli(['detect', photo, '--threads', '0'])).code).toBe(2)
  })

  test('--output creates the folder of its file', async () => {
    const file = join(await temporaryFolder(), 'new/folder/faces.json')
    expect((await runCli(['detect', photo, '--json', '--output', file])).code).toBe(0)
    expect(existsSync(file)).toBe(true)
  })

  test('--version says which it is', async () => {
    const { code, stdout } = await runCli(['--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+/)
    expect(code).toBe(0)
  })

  test('--help of the program and of commands states the exit codes', async () => {
    const { code, stdout } = await runCli(['blur', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('130  interrupted')
  })
})
