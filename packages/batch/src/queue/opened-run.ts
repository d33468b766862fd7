import { isDeepStrictEqual } from 'node:util'
import { type MachineOptions, openBatchDetector } from '../engine/open-batch-detector.ts'
import type { Run } from '../engine/run-shard.ts'
import { BatchError } from '../errors.ts'
import { readPlan } from '../plan/plan.ts'
import { openStore } from '../store/open-store.ts'
import type { ShardJob } from './shard-queue.ts'

/** The run that a worker has open: the next shard is mostly of the same one. */
export class OpenedRun {
  private readonly machine: MachineOptions
  private run: Run | undefined

  constructor(machine: MachineOptions) {
    this.machine = machine
  }

  /** @throws {BatchError} if the store has no such run, and what opening a store or detector throws */
  async open({ store: url, plan: id }: ShardJob): Promise<Run> {
    const { run } = this
    if (run?.store.url === url && run.plan.id === id) return run
    const store = await openStore(url)
    const plan = await readPlan(store)
    if (plan?.id !== id) {
      throw new BatchError(
        `${url} does not have the run that the queue names. Is it the same folder on this machine?`,
      )
    }
    if (run && isDeepStrictEqual(run.plan.settings, plan.settings)) {
      this.run = { store, plan, detector: run.detector }
    } else {
      await this.close()
      this.run = { store, plan, detector: await openBatchDetector(plan.settings, this.machine) }
    }
    return this.run
  }

  async close(): Promise<void> {
    const { run } = this
    this.run = undefined
    await run?.detector.dispose()
  }
}
