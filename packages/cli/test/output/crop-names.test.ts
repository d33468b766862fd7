import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { CropNames } from '../../src/output/crop-names.ts'

test('the first picture of a name gets the plain stem', () => {
  const names = new CropNames()
  const paths = ['a/x.jpg', 'a/x.png', 'b/x.jpg', 'A/X.jpg', 'x.png.jpg']
  expect(paths.map((path) => names.claim(path))).toEqual([
    ...['a/x', 'a/x.png', 'b/x', 'A/X.jpg', 'x.png'],
  ])
})

const path = fc.stringMatching(/^[ab]\/[xX]{1,2}(\.png)?(\.jpg)?$/)
property.prop([fc.array(path)])('no two stems are the same', (paths) => {
  const names = new CropNames()
  const stems = paths.map((each) => names.claim(each).toLowerCase())
  expect(new Set(stems).size).toBe(paths.length)
})
