import { describe, expect, test } from 'vitest'
import { TONE_STAGE, testFaceStages } from '../../../fixtures/face-stage-contract.ts'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'
import { runScriptOnBuild } from './support/run-script.ts'

describe('face stages in Node.js', () => {
  const photo: NodeImageSource = samplePhoto(1)
  testFaceStages((stages) => createRetinaFace({ threads: 1, stages }), photo)

  test('give the same in a worker', () => {
    const { here, away } = JSON.parse(runScriptOnBuild('stages', String(TONE_STAGE.tone)))
    expect(here.length).toBeGreaterThan(1)
    expect(here[0].tone).toHaveLength(3)
    expect(away).toEqual(here)
  })

  test.each([
    [{ mesh: 'file:///stage.mjs' }, 'names that are not options of detect'],
    [{ tone: './stage.mjs' }, 'the URL of a module for options.stages.tone'],
    ['file:///stage.mjs', 'an object that maps names to addresses'],
  ])('%j is refused', async (stages, expected) => {
    const creation = createRetinaFace({ stages: stages as Record<string, string> })
    await expect(creation).rejects.toThrow(expected)
  })
})
