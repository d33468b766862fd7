import type { Outcome, Row } from '../rows/row.ts'
import type { Environment } from './environment.ts'

/** A row with what it found, as it stands in the results' JSON. */
export interface MeasuredRow extends Pick<Row, 'id' | 'title' | 'how'> {
  readonly environment: Environment
  readonly outcome: Outcome
}
