import type { MeasuredRow } from './measured-row.ts'
import { type Table, toTable } from './to-table.ts'

/** A row as text for a terminal. */
export function printRow({ title, how, environment, outcome }: MeasuredRow): string {
  const absent = 'absent' in outcome ? outcome.absent : []
  return [
    title,
    `  ${how}`,
    ...alignColumns(toTable(outcome)).map((line) => `  ${line}`),
    ...absent.map(({ name, reason }) => `  ${name} did not take part: ${reason}`),
    `  load average ${environment.load.join(' before, ')} after, on ${environment.cores} cores`,
    '',
  ].join('\n')
}

function alignColumns(table: Table): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  return table.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  )
}
