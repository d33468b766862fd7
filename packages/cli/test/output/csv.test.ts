import { fc, test as property } from '@fast-check/vitest'
import { EXPRESSION_NAMES } from '@retinaface/core'
import { expect, test, vi } from 'vitest'
import { csvHeader, toCsvRows } from '../../src/output/csv.ts'
import { createResultWriter } from '../../src/output/result-writer.ts'
import { parseCsv } from '../parse-csv.ts'

const face = {
  score: 0.5,
  box: [-1.5, 2, 30, 40],
  landmarks: [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
    [9, 10],
  ],
}

property.prop([fc.string({ unit: 'binary' })])('any file name comes back from CSV', (file) => {
  const rows = parseCsv(
    `${toCsvRows({ file, width: 10, height: 20, faces: [] }, { pose: true }).join('\n')}\n`,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]).toHaveLength(parseCsv(csvHeader({ pose: true }))[0]!.length)
  const isFormula = /^[=+\-@\t\r\n]/.test(file)
  expect(rows[0]![0]).toBe(isFormula ? `'${file}` : file)
})

test('numbers stay numbers, and only text is kept from being a formula', () => {
  const entry = { file: '=cmd|x', width: 100, height: 50, faces: [face] }
  expect(toCsvRows(entry, {})).toEqual([
    `"'=cmd|x",100,50,1,0.5,-1.5,2,30,40,1,2,3,4,5,6,7,8,9,10,,`,
  ])
})

test('poses have columns of their own, which faces without one leave empty', () => {
  const posed = { ...face, pose: { yaw: -1.5, pitch: 2, roll: 30 } }
  const entry = { file: 'x', width: 100, height: 50, faces: [posed, face] }
  const [header, ...rows] = parseCsv(
    `${csvHeader({ pose: true })}${toCsvRows(entry, { pose: true }).join('\n')}\n`,
  )
  const angles = ['yaw', 'pitch', 'roll'].map((name) => header!.indexOf(name))
  expect(rows.map((row) => angles.map((at) => row[at]))).toEqual([
    ['-1.5', '2', '30'],
    ['', '', ''],
  ])
  expect(csvHeader({})).not.toContain('yaw')
})

test('expressions have columns by name, which faces without one leave empty', () => {
  const coefficients = EXPRESSION_NAMES.map((name, i) => [name, i / 100])
  const iris = (x: number) => ({ centre: [x, 4] as const, radius: 1.5 })
  const shown = {
    ...face,
    expressions: Object.fromEntries(coefficients),
    uncertainExpressions: ['jawLeft', 'tongueOut'] as const,
    irises: [iris(3), iris(8)] as const,
    gaze: [0.6, 0, 0.8] as const,
    eyesOpen: 0.9,
    mouthOpen: 0.24,
  }
  const entry = { file: 'x', width: 100, height: 50, faces: [shown, face] }
  const parts = { pose: true, expressions: true }
  const [header, ...rows] = parseCsv(`${csvHeader(parts)}${toCsvRows(entry, parts).join('\n')}\n`)
  const cellOf = (row: number, name: string) => rows[row]![header!.indexOf(name)]
  expect(EXPRESSION_NAMES.map((name) => Number(cellOf(0, name)))).toEqual(
    coefficients.map(([, value]) => value),
  )
  expect(['eyes_open', 'gaze_z', 'left_iris_x'].map((name) => cellOf(0, name))).toEqual([
    '0.9',
    '0.8',
    '8',
  ])
  expect(cellOf(0, 'uncertain_expressions')).toBe('jawLeft tongueOut')
  expect(cellOf(1, 'jawOpen')).toBe('')
  for (const row of rows) expect(row).toHaveLength(header!.length)
})

test.each([
  [true, true, '"a\\u{1b}[2J\\n.jpg"'],
  [false, true, '"a\u001b[2J\n.jpg"'],
  [false, false, '"a\u001b[2J\n.jpg"'],
])('to a terminal (%s) names are escaped, whatever standard output is (%s)', async (...values) => {
  const [isTerminal, isTTY, shown] = values
  vi.stubGlobal('process', { ...process, stdout: { isTTY } })
  const write = vi.fn(async () => undefined)
  const writer = createResultWriter('csv', { isTerminal, write, close: write }, true)
  await writer.write({ file: 'a\u001b[2J\n.jpg', width: 1, height: 1, faces: [] })
  vi.unstubAllGlobals()
  expect(write).toHaveBeenCalledWith(expect.stringContaining(`\n${shown},1,1,`))
})
