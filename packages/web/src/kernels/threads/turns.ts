const CLAIMED = 0
const DONE = 1

// Longer than it takes to put a thread to sleep and to wake it: some 100 µs.
const spins = 20_000

/**
 * How the threads deal out the chunks of a run: each claims the next one that nobody has. Whoever is
 * held up claims fewer.
 *
 * Both counters go on from run to run and wrap around, so that a thread that comes late finds that
 * its run is over.
 */
export class Turns {
  /** To be shared with the other threads. */
  readonly counters: Int32Array
  private readonly maySleep: boolean

  /** @param maySleep whether this thread is allowed to sleep, which a page's own is not */
  constructor(counters: Int32Array, maySleep: boolean) {
    this.counters = counters
    this.maySleep = maySleep
  }

  /** A new run's first chunk; all of the last run are done. */
  get next(): number {
    return Atomics.load(this.counters, CLAIMED)
  }

  /** The next chunk of a run of `count` that began at `first`, from 0; `count` when there is none left. */
  claim(first: number, count: number): number {
    for (;;) {
      const next = this.next
      const index = (next - first) | 0
      if (index >= count) return count
      const found = Atomics.compareExchange(this.counters, CLAIMED, next, (next + 1) | 0)
      if (found === next) return index
    }
  }

  /** @returns how many chunks of the run that began at `first` are done now */
  finish(first: number): number {
    return (Atomics.add(this.counters, DONE, 1) + 1 - first) | 0
  }

  /** Returns when so many chunks of the run that began at `first` are done. */
  waitFor(first: number, count: number): void {
    for (let i = 0; ; i++) {
      const done = Atomics.load(this.counters, DONE)
      if (((done - first) | 0) >= count) return
      if (this.maySleep && i > spins) Atomics.wait(this.counters, DONE, done)
    }
  }

  /** Wakes those that wait. */
  wake(): void {
    Atomics.notify(this.counters, DONE)
  }
}
