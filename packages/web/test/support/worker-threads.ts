import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright'

/** A worker's thread in a browser's pages. */
interface WorkerThread {
  /** Processor time so far, in hundredths of a second. */
  readonly ticks: number
}

/** The workers that a browser's pages have, nested ones too, as Linux sees them. */
export async function workerThreads(browser: Browser): Promise<WorkerThread[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  return pages.flatMap(({ id }) => {
    const tasks = readdirSync(`/proc/${id}/task`).map((task) => `/proc/${id}/task/${task}`)
    return tasks
      .filter((task) => readFileSync(`${task}/comm`, 'utf8').startsWith('DedicatedWorker'))
      .map((task) => ({ ticks: ticksOf(readFileSync(`${task}/stat`, 'utf8')) }))
  })
}

/** User and system time, fields 14 and 15 of proc(5). */
function ticksOf(stat: string): number {
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
  return Number(user) + Number(system)
}
