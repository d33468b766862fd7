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

test('names that differ in Unicode form only give two stems', () => {
  const names = new CropNames(['caf\u00e9-1.png'])
  expect(names.claim('cafe\u0301.jpg')).toBe('cafe\u0301.jpg')
  expect(names.claim('caf\u00e9.jpg')).toBe('caf\u00e9.jpg_1')
})

const path = fc.stringMatching(/^[ab]\/[xX]{1,2}(\.png)?(\.jpg)?$/)
property.prop([fc.array(path)])('no two stems are the same', (paths) => {
  const names = new CropNames()
  const stems = paths.map((each) => names.claim(each).toLowerCase())
  expect(new Set(stems).size).toBe(paths.length)
})

test('stems of earlier files are taken, whatever was made', () => {
  const outputs = ['a/x-1.png', 'y-2-1.glb', 'z-overlay.jpg', 'w-1-turntable/001.png', 'v\n-1.ply']
  const names = new CropNames(outputs)
  const paths = ['a/X.jpg', 'y.jpg', 'y-2.jpg', 'z.jpg', 'w.jpg', 'w-1.jpg', 'v\n.jpg']
  expect(paths.map((path) => names.claim(path))).toEqual([
    ...['a/X.jpg', 'y', 'y-2.jpg', 'z.jpg', 'w', 'w-1', 'v\n.jpg'],
  ])
})
