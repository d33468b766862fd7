import { expect, test } from 'vitest'
import { detectFaces } from '../../src/detector/detect-faces.ts'
import { resolveDetectOptions } from '../../src/face/detect-options.ts'
import { MNET025_SLIM } from '../../src/index.ts'
import { Network } from '../../src/network/network.ts'
import { type PlantedFace, plantOutputs } from '../support/planted-faces.ts'
import { FakeSession } from '../support/sessions.ts'

const face: PlantedFace = {
  level: MNET025_SLIM.levels.findIndex(({ stride }) => stride === 32),
  row: 4,
  column: 4,
  index: 0,
  score: 0.9,
  box: [80, 80, 180, 180],
  landmarks: [110, 110, 150, 110, 130, 130, 115, 155, 145, 155],
}

/** Which sizes the network sees of a square picture that has a face in those runs. */
async function sizesOf(side: number, runsWithFace: readonly number[]): Promise<number[]> {
  const fake = new FakeSession(MNET025_SLIM, (size, run) =>
    plantOutputs(MNET025_SLIM, size, runsWithFace.includes(run) ? [face] : []),
  )
  const network = new Network({ session: fake.session, configuration: MNET025_SLIM })
  const image = {
    data: new Uint8Array(side * side),
    width: side,
    height: side,
    channels: 1,
  } as const
  await detectFaces(network, image, resolveDetectOptions({ turns: 'auto' }))
  return fake.runs.map(({ size }) => size.width)
}

test("with turns 'auto' a small picture is looked at once in each turn, whatever it shows", async () => {
  expect(await sizesOf(480, [])).toEqual([480, 480, 480, 480])
  expect(await sizesOf(480, [2])).toEqual([480, 480, 480, 480])
})

test("with turns 'auto' a larger picture is looked at in full only in a turn whose reduced copy shows a face", async () => {
  // Of more than 640 pixels there is one more look for the largest faces.
  expect(await sizesOf(960, [])).toEqual([960, 320, 640, 640, 640])
  expect(await sizesOf(960, [3])).toEqual([960, 320, 640, 640, 960, 320, 640])
})
