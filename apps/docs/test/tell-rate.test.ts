import { expect, test } from 'vitest'
import { tellRate } from '../examples/kit/tell-rate.ts'

test('of ten pictures a second, it says so every three seconds', () => {
  const said: string[] = []
  const tell = tellRate((text) => said.push(text))
  for (let picture = 0; picture <= 65; picture++) tell(picture < 50 ? 2 : 1, 100 + picture / 10)
  expect(said).toEqual(['2 faces', '2 faces, 10 pictures a second', '1 face, 10 pictures a second'])
})
