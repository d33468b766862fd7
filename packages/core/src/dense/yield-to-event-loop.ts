declare function setTimeout(callback: () => void, milliseconds: number): unknown

/** Lets timers, input and messages have their turn in the middle of long work. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
