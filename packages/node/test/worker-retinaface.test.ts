import { WorkerLostError } from '@retinaface/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createWorkerRetinaFace } from '../src/create-worker-retinaface.ts'
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

  test('says what a bundle lacks where no worker can start', async () => {
    // From the sources there is no worker's file.
    const error = await createWorkerRetinaFace({ threads: 1 }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(WorkerLostError)
    expect(error).toHaveProperty('message', expect.stringContaining('must have detect-worker.js'))
  })
})

describe('createWorkerRetinaFace when things go wrong', () => {
  let outcome: Record<string, unknown>
  beforeAll(() => {
    outcome = JSON.parse(runScriptOnBuild('faults'))
  })

  test('rejects as soon as the signal is aborted, whatever the worker is at', () => {
    expect(outcome.aborted).toBe('Error: enough')
  })

  test('does nothing again in the calling thread that failed in a worker', () => {
    expect(outcome.failed).toBe('ImageReadError')
    expect(outcome.decodedHere).toBe(0)
  })

  test('replaces a worker that has ended, and warns', () => {
    expect(outcome.afterTheEnd).toBe(3)
    expect(outcome.startedAgain).toBe(1)
    expect(outcome.warnings).toBe(1)
  })

  test('has streams looked at by workers too', () => {
    expect(outcome.streamed).toEqual([3, 3, 3, 3])
    expect(outcome.runsHere).toBe(0)
  })

  test('detectMany ends on its signal while the list of pictures hangs', () => {
    expect(outcome.hangingList).toBe('Error: too long')
  })

  test('dispose finishes what is in hand, and waits for no stream or pipe that never comes', () => {
    const never = ['DisposedError', ...(outcome.pipes === 1 ? ['DisposedError'] : [])]
    expect(outcome.disposedInWorkers).toEqual(['done', 3, ...never])
    expect(outcome.disposed).toEqual(['done', 3, ...never])
  })
})
