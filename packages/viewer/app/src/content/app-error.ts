/** What the page says when something cannot be done: what is wrong, and what to do. */
export class AppError extends Error {
  override readonly name: string = 'AppError'
  /** A short sentence for a heading. */
  readonly title: string
  /** What to do about it. */
  readonly advice: string

  constructor(title: string, advice: string, cause?: unknown) {
    super(`${title} ${advice}`, cause === undefined ? undefined : { cause })
    this.title = title
    this.advice = advice
  }
}
