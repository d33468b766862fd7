import type { SourcePage } from './source-page.ts'

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time in microseconds. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/**
 * Runs an expression in the page and says how long each task of the page's main thread took, in
 * milliseconds of processor time: what else the machine does is not counted.
 */
export async function traceTasks(
  { page, browser }: SourcePage,
  expression: string,
): Promise<number[]> {
  const categories = ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline']
  await browser.startTracing(page, { categories })
  await page.evaluate(expression)
  const trace = JSON.parse(String(await browser.stopTracing()))
  const events: TraceEvent[] = trace.traceEvents
  const main = events.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  )
  return events
    .filter(({ name }) => name === 'RunTask')
    .filter(({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid))
    .map(({ tdur = 0 }) => tdur / 1000)
}
