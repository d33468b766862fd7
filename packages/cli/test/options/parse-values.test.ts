import { expect, test } from 'vitest'
import {
  parseCropSize,
  parseInputSize,
  parseMargin,
  parseNumber,
  parseQuality,
  parseRegion,
  parseTurns,
} from '../../src/options/parse-values.ts'

test('input sizes, regions and numbers are read', () => {
  expect(parseInputSize('auto')).toBe('auto')
  expect(parseInputSize('original')).toBe('original')
  expect(parseInputSize('640')).toBe(640)
  expect(parseInputSize('640x480')).toEqual({ width: 640, height: 480 })
  expect(parseRegion('0,5,640,480')).toEqual({ x: 0, y: 5, width: 640, height: 480 })
  expect([parseTurns('auto'), parseTurns('all')]).toEqual(['auto', true])
  expect(parseNumber('1e-2')).toBe(0.01)
})

test.each([
  [parseInputSize, ['', '0', '-5', '1.5', '640x', '640x0', 'big', '1e3', '100000']],
  [parseRegion, ['', '1,2,3', '1,2,3,0', '-1,2,3,4', '1,2,3,4,5', '1.5,2,3,4']],
  [parseNumber, ['', ' ', 'NaN', 'Infinity', '1,5', '3px']],
  [parseTurns, ['', 'true', 'photo.jpg']],
  [parseCropSize, ['0', '1.5', '5000']],
  [parseMargin, ['-0.1', '11', 'x']],
  [parseQuality, ['0', '101', '9.5', 'high']],
] as const)('%o refuses everything else', (parse, values) => {
  for (const value of values) expect(() => parse(value), value).toThrow('Expected')
})
