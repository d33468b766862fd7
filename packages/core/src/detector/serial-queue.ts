/**
 * Runs tasks one after the other in the order they were given, whether earlier ones succeed or not.
 *
 * The network's input buffer and the web runtime's sessions allow one run at a time.
 */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve()

  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(task)
    this.last = result.catch(() => undefined)
    return result
  }
}
