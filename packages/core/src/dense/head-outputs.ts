import type { HeadOutputs } from './head-program.ts'

/** Outputs that outlive the next run. */
export function copiedOutputs({ outputs, coarse }: HeadOutputs): HeadOutputs {
  const copy = (rows: readonly Float32Array[]) => rows.map((row) => row.slice())
  return coarse ? { outputs: copy(outputs), coarse: copy(coarse) } : { outputs: copy(outputs) }
}

/** Adds to every output of every face. */
export function addOutputs(answer: HeadOutputs, { outputs, coarse }: HeadOutputs): void {
  const addRows = (to: readonly Float32Array[], rows: readonly Float32Array[]) => {
    to.forEach((row, face) => {
      for (let i = 0; i < row.length; i++) row[i]! += rows[face]![i]!
    })
  }
  addRows(answer.outputs, outputs)
  if (answer.coarse && coarse) addRows(answer.coarse, coarse)
}
