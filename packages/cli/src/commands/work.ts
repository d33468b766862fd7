import { workOnQueue } from '@retinaface/batch'
import { Command } from 'commander'
import { EXIT_CODE } from '../exit-code.ts'
import { addMachineOptions, type MachineFlags } from '../options/model-options.ts'
import { parsePositiveInteger } from '../options/parse-values.ts'
import { addQuietOption } from '../options/run-options.ts'
import { Reporter } from '../run/reporter.ts'
import { stopSignal } from '../run/stop-signal.ts'

const leaveMilliseconds = 1000

interface WorkFlags extends MachineFlags {
  readonly queue: string
  readonly lease: number
  readonly idle?: number
  readonly quiet?: true
}

/** `retinaface work` */
export function workCommand(): Command {
  const command = new Command('work')
    .description('do shards of the runs that "retinaface batch --queue" put into a queue')
    .requiredOption('--queue <redis://…>', 'the queue; needs npm install bullmq ioredis')
    .option(
      '--lease <seconds>',
      'after which another worker takes the shard of one that is gone',
      parsePositiveInteger,
      30,
    )
    .option(
      '--idle <seconds>',
      'end when there was nothing to do for so long (default: wait for ever)',
      parsePositiveInteger,
    )
  addMachineOptions(
    command,
    "pictures that are looked at at a time, each on a thread (default: the processor's threads)",
  )
  addQuietOption(command)
  return command.action(async (flags: WorkFlags) => {
    process.exitCode = await work(flags)
  })
}

async function work({ queue, quiet, ...options }: WorkFlags): Promise<number> {
  const reporter = new Reporter(quiet === true, false)
  const signal = stopSignal(() =>
    reporter.say('Stopping; the shard in hand goes to another worker.'),
  )
  await workOnQueue(queue, {
    ...options,
    signal,
    onShard: ({ shard, committed, pictures, failed, faces }) => {
      reporter.tally.done += committed ? pictures - failed : 0
      reporter.tally.failed += committed ? failed : 0
      reporter.tally.faces += faces
      const outcome = committed
        ? `${pictures - failed} done, ${failed} failed, ${faces} faces`
        : 'was done already'
      reporter.say(`${shard}: ${outcome}`)
    },
    onError: ({ message }) => reporter.warn(message),
  })
  reporter.summarise()
  // A connection to a Redis that is gone would wait for it, and keep the process.
  if (signal.aborted) setTimeout(() => process.exit(), leaveMilliseconds).unref()
  return signal.aborted ? EXIT_CODE.interrupted : EXIT_CODE.done
}
