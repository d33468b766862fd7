import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { runScriptOnBuild } from './support/run-script.ts'

interface Outcome {
  readonly expected: Record<string, unknown>[]
  readonly found: Record<string, unknown>[]
  readonly afterAbort: Record<string, unknown>[]
  readonly [name: string]: unknown
}

describe('detectMany with a worker for each picture', () => {
  let outcome: Outcome
  beforeAll(() => {
    const dist = fileURLToPath(new URL('../dist', import.meta.url))
    expect(existsSync(dist), 'the package is built (turbo run build)').toBe(true)
    outcome = JSON.parse(runScriptOnBuild('many')) as Outcome
  })

  test('gives for pictures of every kind what one thread gives, in order', () => {
    const { expected, found } = outcome
    const faces = expected.map((result) => (result.faces as unknown[] | undefined)?.length)
    expect(faces).toEqual([
      3,
      3,
      3,
      3,
      undefined,
      3,
      3,
      undefined,
      undefined,
      undefined,
      3,
      undefined,
      4,
    ])
    expect(found).toEqual(expected)
  })

  test('tells of failures with the classes and words of one thread', () => {
    const failures = outcome.found.filter(({ code }) => code !== undefined)
    expect(failures.map(({ name }) => name)).toEqual([
      'ImageReadError',
      'ImageReadError',
      'InvalidImageError',
      'InvalidImageError',
      'ImageReadError',
    ])
    expect(failures.every(({ isOwn }) => isOwn)).toBe(true)
    expect(failures[0]!.message).toContain('there is no such file')
  })

  test('leaves nothing to its own thread once workers are there: no stream, and no picture that failed', () => {
    expect(outcome.runsOnceAway).toBe(0)
  })

  test('starts workers for two threads, none for one', () => {
    expect(outcome.workersOfOne).toBe(0)
    expect(outcome.workers).toBe(4)
  })

  test('stops with the signal’s reason, and works on afterwards', () => {
    expect(outcome.thrown).toBe('Error: enough')
    expect(outcome.beforeAbort).toBe(5)
    expect(outcome.afterAbort).toEqual(outcome.expected)
  })

  test('looks at nothing from the moment on that it is disposed of', () => {
    expect(outcome.afterDispose).toContain('DisposedError')
  })

  test('ends its workers when it is disposed, and lets the process end when it is not', () => {
    // That the script came to its end shows the second.
    expect(outcome.endedByDispose).toBe(2)
  })
})
