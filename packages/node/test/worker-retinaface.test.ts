import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createWorkerRetinaFace } from '../src/create-worker-retinaface.ts'
import { samplePhoto } from './support/pictures.ts'
import { runScriptOnBuild } from './support/run-script.ts'

describe('createWorkerRetinaFace', () => {
  let outcome: Record<string, unknown>
  beforeAll(() => {
    outcome = JSON.parse(runScriptOnBuild('away'))
  })

  test('finds what createRetinaFace finds, in files and streams', () => {
    expect(outcome.expected).toHaveLength(3)
    expect(outcome.found).toEqual([outcome.expected, outcome.expected])
    expect(outcome.many).toEqual([3, 3, 3])
  })

  test('finishes what it has in hand when it is disposed of', () => {
    expect(outcome.inHand).toEqual(outcome.expected)
  })

  test('never runs the network in the calling thread', () => {
    expect(outcome.runsOfThisThread).toBe(0)
  })

  test('tells how far a picture is', () => {
    expect(outcome.steps).toEqual([
      { done: 1, total: 2 },
      { done: 2, total: 2 },
    ])
    expect(outcome.steps).toEqual(outcome.expectedSteps)
  })

  test('fails as createRetinaFace does', () => {
    expect(outcome.failures).toEqual([
      expect.stringMatching(/^ImageReadError: .*there is no such file/),
      expect.stringMatching(/^InvalidArgumentError: .*options.nmsThreshold/),
      'Error: enough',
      'Error: the progress bar is gone',
      expect.stringMatching(/^DisposedError/),
    ])
  })

  test('does the work itself where no worker can start, and warns', async () => {
    // From the sources there is no worker's file.
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const retinaface = await createWorkerRetinaFace({ threads: 1 })
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('No worker of RetinaFace'), {
      code: 'RETINAFACE_WORKER',
    })
    expect(await retinaface.detect(samplePhoto(1), { inputSize: 320 })).toHaveLength(3)
    await retinaface.dispose()
    warn.mockRestore()
  })
})
