import { expect, test } from 'vitest'
import { matchPhotos } from '../../app/src/files/read-subjects.ts'

const picture = (file: string) => ({ file, width: 10, height: 10, faces: [] })
const photo = (name: string) => new File([], name)
const first = picture('holiday/first.jpg')
const second = picture('holiday/second.jpg')

/** Names of the photos that pictures of results get. */
function match(pictures: (typeof first)[], photos: File[]): (string | undefined)[] {
  const matched = matchPhotos(pictures, photos)
  return pictures.map((entry) => matched.get(entry)?.name)
}

test('photos belong to the results that are called like them', () => {
  const photos = [photo('second.jpg'), photo('first.jpg'), photo('other.jpg')]
  expect(match([first, second], photos)).toEqual(['first.jpg', 'second.jpg'])
})

test('the only photo belongs to the only picture, whatever it is called', () => {
  expect(match([first], [photo('IMG_1.jpg')])).toEqual(['IMG_1.jpg'])
})

test('the only photo belongs to none of several pictures that are not called like it', () => {
  expect(match([first, second], [photo('second.jpg')])).toEqual([undefined, 'second.jpg'])
  expect(match([first, second], [photo('IMG_1.jpg')])).toEqual([undefined, undefined])
})

test('a photo is given to one picture only', () => {
  expect(match([first, picture('work/first.jpg')], [photo('first.jpg')])).toEqual([
    'first.jpg',
    undefined,
  ])
})
