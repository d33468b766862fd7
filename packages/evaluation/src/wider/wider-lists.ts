import { EvaluationError } from '../evaluation-error.ts'
import type { MatValue } from '../mat/read-mat.ts'

/** The pictures' values of a list that is grouped by event. */
export function nestedCells(variables: ReadonlyMap<string, MatValue>, name: string): MatValue[] {
  const list = variables.get(name)
  if (list?.kind !== 'cells') throw new EvaluationError(`Expected a list of events "${name}".`)
  return list.cells.flatMap((event) => {
    if (event.kind === 'cells') return event.cells
    throw new EvaluationError(`Expected each event of "${name}" to be a list of pictures.`)
  })
}

/** A picture's name. */
export function asName(value: MatValue): string {
  if (value.kind === 'text') return value.text
  throw new EvaluationError(`Expected text for a picture's name but found ${value.kind}.`)
}

/** x, y, width, height of each face, flat. */
export function asBoxes(value: MatValue): Float64Array {
  if (value.kind !== 'numbers') {
    throw new EvaluationError(`Expected a matrix of boxes but found ${value.kind}.`)
  }
  const { dims, values } = value
  if (values.length > 0 && (dims.length !== 2 || dims[1] !== 4)) {
    throw new EvaluationError(`Expected boxes of n×4 but found a matrix of ${dims.join('×')}.`)
  }
  const count = values.length / 4
  // MATLAB stores columns one after the other: all x, then all y, widths and heights.
  return values.map((_, i) => values[(i % 4) * count + Math.floor(i / 4)]!)
}

/** Indices, from 0, of the faces that count. */
export function asCountedFaces(value: MatValue, faces: number): number[] {
  if (value.kind !== 'numbers') {
    throw new EvaluationError(`Expected the numbers of faces but found ${value.kind}.`)
  }
  return Array.from(value.values, (number) => {
    if (Number.isInteger(number) && number >= 1 && number <= faces) return number - 1
    throw new EvaluationError(`Expected a face from 1 to ${faces} but found ${number}.`)
  })
}
