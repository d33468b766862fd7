import { expect, test } from 'vitest'
import { replaceImports } from '../examples/playground/replace-imports.ts'

const replaced = (code: string) => replaceImports(code, 'library')

test.each([
  ["import { a } from '@retinaface/web'", 'const { a } = library'],
  ['import { a, b as c } from "@retinaface/web";', 'const { a, b: c } = library'],
  ["import * as all from '@retinaface/web'", 'const all = library'],
  [
    "import {\n  a,\n  b,\n} from '@retinaface/web'\nlast()",
    'const {\n  a,\n  b,\n} = library\nlast()',
  ],
  ['const text = "import { a } from \'b\'"', 'const text = "import { a } from \'b\'"'],
])('%j', (code, expected) => {
  expect(replaced(code)).toBe(expected)
})

test('refuses other packages by name', () => {
  expect(() => replaced("a()\nimport { b } from 'three'")).toThrow(
    'Expected imports of @retinaface/web only, but received "three".',
  )
})
