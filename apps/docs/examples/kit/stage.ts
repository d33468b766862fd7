/** Where an example lives: an element of the page, until the visitor leaves. */
export interface Stage {
  /** Empty at first; everything that the example shows goes here. */
  readonly root: HTMLElement
  /** Aborted when the visitor leaves. */
  readonly signal: AbortSignal
  /** True where nothing heavy may be loaded before the visitor asks for it. */
  readonly waits: boolean
  /** Says something below the example; read aloud by screen readers. */
  readonly say: (text: string) => void
  /** Calls back when the visitor leaves, the last given first; at once if they have left. */
  readonly onCleanup: (free: () => unknown) => void
  /** Disposes of something when the visitor leaves, and gives it back. */
  readonly keep: <Owned extends { dispose(): unknown }>(owned: Owned) => Owned
}

/** An example: the default export of its `index.ts`. */
export type Example = (stage: Stage) => Promise<void>

/** A stage and what ends it. */
export interface OpenStage extends Stage {
  /** Cleans up; resolves when everything that was held is free. */
  close(): Promise<void>
}

/** Opens a stage in an element. */
export function openStage(
  root: HTMLElement,
  { waits, say }: Pick<Stage, 'waits' | 'say'>,
): OpenStage {
  const end = new AbortController()
  const held: (() => unknown)[] = []
  const onCleanup = (free: () => unknown) => {
    if (end.signal.aborted) void free()
    else held.push(free)
  }
  return {
    root,
    signal: end.signal,
    waits,
    onCleanup,
    say: (text) => {
      if (!end.signal.aborted) say(text)
    },
    keep: (owned) => {
      onCleanup(() => owned.dispose())
      return owned
    },
    close: async () => {
      end.abort()
      const freed = held.splice(0).reverse()
      await Promise.allSettled(freed.map(async (free) => free()))
      root.replaceChildren()
    },
  }
}
