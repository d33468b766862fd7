import type { FoundFace } from '../../protocol/contender.ts'

/** What is compared in a page: one way from an encoded picture to its faces. */
export interface WebContender {
  /** Makes it ready. */
  load(): Promise<void>
  detect(picture: Blob): Promise<readonly FoundFace[]>
}

/** What the runner calls in a contender's page. */
export interface WebServed {
  /** When the page's script was loaded, in milliseconds since the page was asked for. */
  readonly imported: number
  load(options: unknown): Promise<PageReply>
  /** Looks at the picture of an address, which is fetched before the clock starts. */
  detect(url: string): Promise<PageReply>
}

/** What a page answers; times in milliseconds since the page was asked for. */
export interface PageReply {
  readonly wall: number
  readonly now: number
  readonly booted: number
  readonly faces: readonly FoundFace[]
}

declare global {
  var contender: WebServed | undefined
}

/** Offers a contender to the runner. */
export function serveInPage<Options>(create: (options: Options) => WebContender): void {
  const imported = performance.now()
  let contender: WebContender
  globalThis.contender = {
    imported,
    load: (options) => {
      contender = create(options as Options)
      return clocked(async () => {
        await contender.load()
        return []
      })
    },
    detect: async (url) => {
      const picture = await (await fetch(url)).blob()
      return clocked(() => contender.detect(picture))
    },
  }
}

async function clocked(work: () => Promise<readonly FoundFace[]>): Promise<PageReply> {
  const start = performance.now()
  const faces = await work()
  const now = performance.now()
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return { wall: now - start, now, booted: page!.responseEnd, faces }
}
