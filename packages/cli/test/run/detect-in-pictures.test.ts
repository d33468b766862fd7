import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fc, test as property } from '@fast-check/vitest'
import { createRetinaFace, type FaceDetector, type NodeImageSource } from '@retinaface/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliError } from '../../src/cli-error.ts'
import { detectInPictures } from '../../src/detection/detect-in-pictures.ts'
import { detectInPixels } from '../../src/detection/detect-in-pixels.ts'
import type { Detection } from '../../src/detection/detection.ts'
import type { PictureInput } from '../../src/inputs/find-pictures.ts'
import { temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let retinaface: FaceDetector<NodeImageSource>
let picture: string
const threads = 2

beforeAll(async () => {
  picture = join(await temporaryFolder(), 'tiny.jpg')
  await writeFile(picture, await tinyPicture())
  retinaface = await createRetinaFace({ threads })
})

afterAll(() => retinaface.dispose())

type Kind = 'picture' | 'missing' | 'unreadable'

function toInput(kind: Kind, i: number): PictureInput {
  const sources = {
    picture,
    missing: 'not/there.jpg',
    unreadable: new CliError('FOLDER_READ', `number ${i}`),
  }
  return { file: String(i), outputPath: String(i), source: sources[kind] }
}

function outcome(detection: Detection<{ width: number; height: number }>): string {
  if ('picture' in detection)
    return `${detection.input.file} ${detection.picture.width}×${detection.picture.height}`
  return `${detection.input.file} ${(detection.error as Error).name}`
}

const names = { picture: '32×32', missing: 'ImageReadError', unreadable: 'CliError' }

property.prop([
  fc.array(fc.constantFrom<Kind>('picture', 'missing', 'unreadable'), { maxLength: 12 }),
])('every picture has its outcome in its place, with pixels or without', async (kinds) => {
  async function* inputs() {
    for (const [i, kind] of kinds.entries()) yield toInput(kind, i)
  }
  for (const detect of [detectInPictures, detectInPixels]) {
    const outcomes: string[] = []
    for await (const detection of detect(inputs(), { retinaface, detectOptions: {} })) {
      outcomes.push(outcome(detection))
    }
    expect(outcomes).toEqual(kinds.map((kind, i) => `${i} ${names[kind]}`))
  }
})

test.each([
  ['faces only', detectInPictures, 3 * threads],
  ['pixels too', detectInPixels, 2],
] as const)('%s: inputs are taken no faster than results are', async (_, detect, inHand) => {
  let taken = 0
  let given = 0
  let most = 0
  async function* inputs() {
    for (; taken < 40; ) yield toInput('picture', taken++)
  }
  for await (const _ of detect(inputs(), { retinaface, detectOptions: {} })) {
    // As a disk that is slower than the network.
    await new Promise((resolve) => setTimeout(resolve, 5))
    most = Math.max(most, taken - given)
    given += 1
  }
  expect(given).toBe(40)
  expect(most).toBe(inHand)
})
