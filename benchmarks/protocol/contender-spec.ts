import type { Request, Success } from './contender.ts'

/** Somebody in a comparison. */
export interface ContenderSpec {
  /** Stands in tables and charts. */
  readonly name: string
  /** The file in `contenders`, without its ending. */
  readonly entry: string
  /** Handed to it; any JSON. */
  readonly options: unknown
  /** The script in its built form, where it is not this checkout's own. */
  readonly script?: string
  /** Slow ones leave after this many rounds. */
  readonly rounds?: number
  /**
   * Where it runs: by default in a process of Node.js, from the folder `contenders`; else in a page of
   * Chromium, from `web/contenders`. Isolated pages may share memory between threads.
   */
  readonly place?: 'page' | 'isolated page'
  /** The only processor that it may use; any when left out. */
  readonly core?: number
}

/** A contender that was started. */
export interface RunningContender {
  /** @throws what the contender threw, or that it does not answer. */
  ask(request: Request): Promise<Success>
  close(): Promise<void>
}
