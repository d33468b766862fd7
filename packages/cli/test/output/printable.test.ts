import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { printable, toJson } from '../../src/output/printable.ts'

const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

test('what would control a terminal is shown as an escape', () => {
  expect(printable('a\u001b[2Jb\n\u202egpj.exe\u009b1m')).toBe(
    'a\\u{1b}[2Jb\\n\\u{202e}gpj.exe\\u{9b}1m',
  )
})

property.prop([fc.string({ unit: 'binary' })])(
  'JSON parses to the same without controls',
  (text) => {
    const json = toJson({ file: text })
    expect(json).not.toMatch(controls)
    expect(JSON.parse(json)).toEqual({ file: text })
  },
)
