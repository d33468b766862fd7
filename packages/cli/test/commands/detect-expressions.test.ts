import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXPRESSION_NAMES } from '@retinaface/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseCsv } from '../parse-csv.ts'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder } from '../sample-pictures.ts'

let photo: string
beforeAll(async () => {
  photo = join(await temporaryFolder(), 'photo.jpg')
  await writeFile(photo, await smallPhoto())
})

const detect = (model: string, ...options: string[]) =>
  runCli(['detect', photo, '--expressions', '--model', model, ...options])

describe('detect --expressions', () => {
  test('--json gives coefficients by name, irises, gaze and how far eyes and mouth are open', async () => {
    const { code, stdout } = await detect('retinaface-500m', '--json', '--max-faces', '1')
    expect(code).toBe(0)
    const [face] = JSON.parse(stdout).faces
    expect(Object.keys(face.expressions)).toEqual(EXPRESSION_NAMES)
    expect(face.uncertainExpressions).toContain('tongueOut')
    expect(face.uncertainExpressions).not.toContain('jawOpen')
    expect(face.mouthOpen).toBe(face.expressions.jawOpen)
    expect(face.eyesOpen).toBeGreaterThan(0)
    expect(Math.hypot(...face.gaze)).toBeCloseTo(1, 3)
    const [x1, y1, x2, y2] = face.box
    for (const { centre, radius } of face.irises) {
      expect(centre[0] > x1 && centre[0] < x2 && centre[1] > y1 && centre[1] < y2).toBe(true)
      expect(radius).toBeGreaterThan(0)
    }
  })

  test('--csv has a column for each', async () => {
    const { stdout } = await detect('retinaface-500m', '--csv')
    const [header, ...rows] = parseCsv(stdout)
    expect(rows.length).toBeGreaterThan(1)
    for (const name of EXPRESSION_NAMES) {
      const at = header!.indexOf(name)
      for (const row of rows) expect(row[at]).toMatch(/^(?:0|1|0\.\d+)$/)
    }
    const uncertain = header!.indexOf('uncertain_expressions')
    for (const row of rows) expect(row[uncertain]!.split(' ')).toContain('tongueOut')
  })

  test('a model without expressions is named', async () => {
    const { code, stderr } = await detect('mnet025')
    expect(code).not.toBe(0)
    expect(stderr).toContain('has no expressions branch')
  })
})
