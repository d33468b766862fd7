import { expect, test } from 'vitest'
import { runScriptOnBuild } from './support/run-script.ts'

test.each([0, 45, 75, 150])('a process may exit in the middle of detectMany (%i ms)', (wait) => {
  // Stopped by force, a worker whose network was running brought the process down with SIGABRT.
  expect(runScriptOnBuild('exit', String(wait))).toBe('')
})
