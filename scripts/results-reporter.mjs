import { appendFileSync } from 'node:fs'

/**
 * Writes what a test run does, a line of JSON at a time, so that a run that hangs or dies still tells
 * which files it had finished: first the planned files, then each file with its counts, last the files
 * in which an error was thrown outside of a test.
 */
export default class ResultsReporter {
  file = process.env.RETINAFACE_TEST_RESULTS

  onTestRunStart(specifications) {
    this.write({ planned: specifications.map(({ project, moduleId }) => [project.name, moduleId]) })
  }

  onTestModuleEnd(module) {
    const states = [...module.children.allTests()].map((test) => test.result().state)
    const count = (state) => states.filter((one) => one === state).length
    this.write({
      file: [module.project.name, module.moduleId],
      ok: module.ok(),
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
    })
  }

  onTestRunEnd(_modules, unhandledErrors) {
    this.write({ unhandled: unhandledErrors.map((error) => error.VITEST_TEST_PATH) })
  }

  write(line) {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`)
  }
}
