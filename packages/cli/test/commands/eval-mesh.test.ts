import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { runCli } from '../run-cli.ts'
import { temporaryFolder } from '../sample-pictures.ts'

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url))
const hasTeacher = existsSync(join(shared, 'models/facemesh-v2-teacher.onnx'))
const data = (name: string) => join(shared, 'data', name)
const hasWider = hasTeacher && existsSync(data('wider-val'))
const hasHelen = hasTeacher && existsSync(data('helen-test'))
const hasAflw = hasTeacher && existsSync(data('aflw2000-3d'))

async function evaluate(set: string, folder: string, ...options: string[]) {
  const args = ['eval', 'mesh', '--set', set, '--data', data(folder), '--json', ...options]
  const { code, stdout, stderr } = await runCli(args)
  expect(stderr).toContain('0 failed')
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

// Several networks run over pictures that may be large.
vi.setConfig({ testTimeout: 300_000 })

describe('eval mesh', () => {
  test.skipIf(!hasAflw)(
    'the teacher has the figures on aflw that training/ computes with OpenCV and NumPy',
    async () => {
      const { faces, missed, teacher, poseErrorDegrees, ...ours } = await evaluate(
        'aflw',
        'aflw2000-3d',
        '--model',
        'mnet025',
      )
      expect([faces, missed]).toEqual([8, 0])
      expect(teacher.inner51Percent.mean).toBeCloseTo(2.573, 2)
      expect(teacher.all68Percent.mean).toBeCloseTo(4.601, 2)
      expect(teacher.poseErrorDegrees.mean).toBeLessThan(4)
      expect(ours.all68Percent.mean).toBeLessThan(8)
      expect(poseErrorDegrees.yaw).toBeLessThan(12)
    },
  )

  test.skipIf(!hasHelen)('helen: our figures, the teacher’s and their ratio', async () => {
    const { inner51Percent, teacher, ...report } = await evaluate(
      'helen',
      'helen-test',
      '--limit',
      '4',
    )
    expect(report).toMatchObject({ set: 'helen', pictures: 4, faces: 4, missed: 0 })
    const names = ['mouthOpening', 'eyeOpening', 'browHeight', 'mouthWidth']
    expect(Object.keys(report.expressions)).toEqual(names)
    // A second network for each face opens mouths nearly as wide as they are.
    expect(teacher.expressions.mouthOpening.correlation).toBeGreaterThan(0.8)
    expect(teacher.expressions.mouthOpening.slope).toBeGreaterThan(0.5)
    const ratio = inner51Percent.mean / teacher.inner51Percent.mean
    expect(report.inner51RatioToTeacher).toBeCloseTo(ratio, 2)
    expect(ratio).toBeLessThan(2)
  })

  test.skipIf(!hasWider)(
    'wider-val: predictions written from detect --mesh have our own figures; missing ones are counted',
    async () => {
      const ours = await evaluate('wider-val', 'wider-val', '--limit', '3')
      expect(ours.missed).toBe(0)
      expect(ours.faces).toBeGreaterThan(2)
      expect(ours.nme2dPercent.mean).toBeLessThan(6)
      expect(ours.nme3dPercent.mean).toBeGreaterThan(ours.nme2dPercent.mean)
      const count = (groups: Record<string, { faces: number }>) =>
        Object.values(groups).reduce((sum, { faces }) => sum + faces, 0)
      expect([count(ours.byHeight), count(ours.byYaw)]).toEqual([ours.faces, ours.faces])

      const file = join(await temporaryFolder(), 'predictions.json')
      await writeFile(file, JSON.stringify(await predictionsOf(join(data('wider-val'), 'images'))))
      const options = ['--limit', '3', '--predictions', file]
      const theirs = await evaluate('wider-val', 'wider-val', ...options)
      expect(theirs.faces).toBe(ours.faces)
      expect(theirs.nme2dPercent.mean).toBeCloseTo(ours.nme2dPercent.mean, 1)
      await writeFile(file, '{}')
      const none = await evaluate('wider-val', 'wider-val', ...options)
      expect([none.faces, none.missed, none.nme2dPercent.mean]).toEqual([0, ours.faces, null])
    },
  )

  test.skipIf(!hasAflw)('68 landmarks of another program are taken, on aflw', async () => {
    const annotations = JSON.parse(
      await readFile(join(data('aflw2000-3d'), 'annotations.json'), 'utf8'),
    )
    const moved = Object.entries<{ pt3d_68: number[][] }>(annotations).map(([name, entry]) => {
      const points = entry.pt3d_68.map(([x, y]) => [x! + 3, y! - 4])
      return [name, [{ box: [0, 0, 1, 1], points }]]
    })
    const file = join(await temporaryFolder(), 'predictions.json')
    await writeFile(file, JSON.stringify(Object.fromEntries(moved)))
    const args = ['--limit', '2', '--predictions', file]
    const { inner51Percent, all68Percent, ...report } = await evaluate(
      'aflw',
      'aflw2000-3d',
      ...args,
    )
    // Five pixels, however the points are grouped.
    expect(inner51Percent.mean).toBeCloseTo(all68Percent.mean, 9)
    expect(inner51Percent.mean).toBeGreaterThan(1)
    expect(report).not.toHaveProperty('poseErrorDegrees')
    expect(report.teacher).toHaveProperty('poseErrorDegrees')
    const wrong = ['eval', 'mesh', '--set', 'wider-val', '--data', data('wider-val')]
    const { code, stderr } = await runCli([...wrong, '--predictions', file])
    expect(stderr).toContain('is not of this format')
    expect(code).toBe(2)
  })

  async function predictionsOf(images: string) {
    const pictures = (await readdir(images)).sort().slice(0, 3)
    const paths = pictures.map((name) => join(images, name))
    const { stdout } = await runCli(['detect', ...paths, '--mesh', '--ndjson'])
    const entries = stdout.trim().split('\n')
    return Object.fromEntries(
      entries.map((line) => {
        const { file, faces } = JSON.parse(line)
        return [
          basename(file),
          faces.map((face: { box: number[]; mesh: { positions: number[][] } }) => ({
            box: face.box,
            points: face.mesh.positions,
          })),
        ]
      }),
    )
  }

  test('a folder that is not the set’s is named, with what it should hold', async () => {
    const folder = await temporaryFolder()
    const { code, stderr } = await runCli(['eval', 'mesh', '--set', 'helen', '--data', folder])
    expect(stderr).toContain('landmarks68.json, 68 points of each picture')
    expect(code).toBe(2)
  })
})
