import { expect, test } from 'vitest'
import { findPreset, InvalidArgumentError, MNET025 } from '../../src/index.ts'

test('findPreset gives a preset by its name', () => {
  expect(findPreset('mnet025')).toBe(MNET025)
})

test.each(['yolo', '', 'constructor', 'toString', '__proto__'])(
  'findPreset refuses %j and lists the names there are',
  (name) => {
    expect(() => findPreset(name)).toThrow(InvalidArgumentError)
    expect(() => findPreset(name)).toThrow(/one of mnet025, .*paper-p2-p6/)
  },
)
