import { BusyError } from '../server-error.ts'

/**
 * The places of requests that are worked on or wait for a worker.
 *
 * A request takes one when its pictures are there, and is refused where none is left. One of many pictures
 * may have more while workers have nothing to do.
 */
export class Places {
  private readonly most: number
  private readonly workers: number
  private readonly secondsAPicture: () => number
  /** Places that are taken. */
  taken = 0

  /** @param secondsAPicture what a worker took for the last ones, about */
  constructor(workers: number, queue: number, secondsAPicture: () => number) {
    this.workers = workers
    this.most = workers + queue
    this.secondsAPicture = secondsAPicture
  }

  /** @throws {BusyError} if none is left */
  expectRoom(): void {
    if (this.taken >= this.most) throw new BusyError('queue', this.secondsToWait())
  }

  /** @throws {BusyError} if none is left */
  take(): void {
    this.expectRoom()
    this.taken += 1
  }

  /** Takes a place if a worker has nothing to do. */
  takeSpare(): boolean {
    if (this.taken >= this.workers) return false
    this.taken += 1
    return true
  }

  giveBack(): void {
    this.taken -= 1
  }

  /** Until the queue of now is done. */
  secondsToWait(): number {
    return Math.max(1, Math.ceil((this.taken / this.workers) * this.secondsAPicture()))
  }
}
