/** Somebody in a comparison. */
export interface ContenderSpec {
  /** Stands in tables and charts. */
  readonly name: string
  /** The file in `contenders`, without its ending. */
  readonly entry: string
  /** Handed to it; any JSON. */
  readonly options: unknown
  /** Slow ones leave after this many rounds. */
  readonly rounds?: number
  /** The only processor that it may use; any when left out. */
  readonly core?: number
}
