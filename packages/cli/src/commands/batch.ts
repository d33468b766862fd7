import {
  type BatchSettings,
  createPlan,
  fillQueue,
  type MachineOptions,
  openBatchDetector,
  openStore,
  type Plan,
  type PlanOptions,
  type Run,
  readPlan,
  readStatus,
  runBatch,
  ShardQueue,
  type Store,
  watchQueue,
} from '@retinaface/batch'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { EXIT_CODE } from '../exit-code.ts'
import { plannedPictures } from '../inputs/planned-pictures.ts'
import {
  absoluteInput,
  addBatchSettingOptions,
  type BatchSettingFlags,
  toBatchSettings,
} from '../options/batch-options.ts'
import { addMachineOptions, type MachineFlags } from '../options/model-options.ts'
import { parseCount, parsePositiveInteger } from '../options/parse-values.ts'
import { addQuietOption } from '../options/run-options.ts'
import { Reporter } from '../run/reporter.ts'
import { stopSignal } from '../run/stop-signal.ts'

interface BatchFlags extends BatchSettingFlags, MachineFlags {
  readonly output: string
  readonly shardSize: number
  readonly shardIndex?: number
  readonly shardCount?: number
  readonly queue?: string
  readonly detach?: true
  readonly quiet?: true
}

const inputsHelp =
  'pictures, folders (with all below), globs, s3://bucket/prefix, or - for a list on standard input, a path or s3:// URL a line; none to go on with the run in the output'

/** `retinaface batch` */
export function batchCommand(): Command {
  const command = new Command('batch')
    .description(
      'find the faces of very many pictures, on one machine or many, and write them as Parquet; what is done stays done, and the same command goes on',
    )
    .argument('[inputs...]', inputsHelp)
    .requiredOption('--output <folder|s3://…>', 'where plan and parts go: part-ID.parquet')
    .option(
      '--shard-size <count>',
      'pictures of a shard, which is done and written whole',
      parsePositiveInteger,
      2000,
    )
    .option(
      '--shard-index <number>',
      'with --shard-count: which task this is, from 0; each does its share of the shards, without a server',
      parseCount,
    )
    .option('--shard-count <count>', 'tasks in all', parsePositiveInteger)
    .option(
      '--queue <redis://…>',
      'give the shards to workers ("retinaface work") and wait for them; needs npm install bullmq ioredis',
    )
    .option('--detach', 'with --queue: do not wait')
  addBatchSettingOptions(command)
  addMachineOptions(
    command,
    "pictures that are looked at at a time, each on a thread (default: the processor's threads)",
  )
  addQuietOption(command)
  return command.action(async (inputs: string[], flags: BatchFlags) => {
    process.exitCode = await batch(inputs, flags)
  })
}

async function batch(inputs: readonly string[], flags: BatchFlags): Promise<number> {
  expectOptionsToAgree(flags)
  const reporter = new Reporter(flags.quiet === true, false)
  const signal = stopSignal(() => {
    reporter.say('Stopping; the shards that are done stay, and the same command goes on.')
  })
  const store = await openStore(flags.output)
  const known = inputs.length > 0 ? undefined : await expectPlan(store)
  const settings = known?.settings ?? toBatchSettings(flags)
  const makePlan = async () => known ?? createPlan(store, planOptions(inputs, flags, settings))
  // Before the plan, which cannot be changed, so that it is one that can be worked on.
  const detector = await openBatchDetector(settings, machineOf(flags))
  try {
    if (flags.queue === undefined) {
      return await runHere({ store, plan: await makePlan(), detector }, flags, reporter, signal)
    }
    await detector.dispose()
    return await runOnQueue(store, makePlan, flags, reporter, signal)
  } catch (error) {
    if (signal.aborted) return EXIT_CODE.interrupted
    throw error
  } finally {
    await detector.dispose()
  }
}

function expectOptionsToAgree({ shardIndex, shardCount, queue, detach }: BatchFlags): void {
  if ((shardIndex === undefined) !== (shardCount === undefined)) {
    throw new CliError('USAGE', 'Give --shard-index and --shard-count together.')
  }
  if (shardIndex !== undefined && queue !== undefined) {
    throw new CliError('USAGE', 'Give either --queue or --shard-index, not both.')
  }
  if (detach && queue === undefined) throw new CliError('USAGE', '--detach needs --queue.')
}

async function expectPlan(store: Store): Promise<Plan> {
  const plan = await readPlan(store)
  if (plan) return plan
  throw new CliError('USAGE', `There is no run in ${store.url} to go on with. Name its inputs.`)
}

function planOptions(
  inputs: readonly string[],
  { shardSize }: BatchFlags,
  settings: BatchSettings,
): PlanOptions {
  return {
    inputs: inputs.map(absoluteInput),
    pictures: plannedPictures(inputs),
    compares: inputs.includes('-'),
    settings,
    shardSize,
  }
}

function machineOf({ threads, provider, queue }: BatchFlags): MachineOptions {
  // With a queue the detector only checks the settings: workers have theirs.
  if (queue !== undefined) return { threads: 1 }
  return {
    ...(threads === undefined ? {} : { threads }),
    ...(provider === undefined ? {} : { provider }),
  }
}

async function runHere(
  run: Run,
  { shardIndex, shardCount }: BatchFlags,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<number> {
  const { tally } = reporter
  const { store, plan } = run
  tally.skipped = (await readStatus(store, plan)).pictures.done
  if (shardCount === undefined) reporter.countTotal(async () => plan.pictures)
  const results = runBatch(run, {
    ...(shardIndex === undefined || shardCount === undefined ? {} : { shardIndex, shardCount }),
    signal,
    onPicture: (failed) => {
      if (failed) tally.failed += 1
      else tally.done += 1
      reporter.update()
    },
  })
  for await (const { faces } of results) tally.faces += faces
  reporter.summarise()
  return tally.failed > 0 ? EXIT_CODE.someFailed : EXIT_CODE.done
}

async function runOnQueue(
  store: Store,
  makePlan: () => Promise<Plan>,
  { queue: url, detach }: BatchFlags,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<number> {
  const queue = await ShardQueue.open(url!, ({ message }) => reporter.warn(`Redis: ${message}`))
  try {
    const plan = await makePlan()
    await fillQueue(queue, store, plan)
    if (detach) {
      reporter.say(`${plan.shards.length} shards of ${plan.pictures} pictures are in the queue.`)
      return EXIT_CODE.done
    }
    reporter.countTotal(async () => plan.pictures)
    const failed = await watchQueue(queue, store, plan, {
      signal,
      onProgress: (shards) => {
        reporter.tally.done = Math.min(plan.pictures, shards * plan.shardSize)
        reporter.update()
      },
    })
    for (const { shard, reason } of failed) reporter.warn(`Shard ${shard} failed: ${reason}`)
    const { pictures } = await readStatus(store, plan)
    reporter.say(`${pictures.done - pictures.failed} done, ${pictures.failed} failed`)
    return pictures.failed + failed.length > 0 ? EXIT_CODE.someFailed : EXIT_CODE.done
  } finally {
    await queue.close()
  }
}
