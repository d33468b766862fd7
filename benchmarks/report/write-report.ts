import { mkdir, writeFile } from 'node:fs/promises'
import { drawBars } from './draw-bars.ts'
import type { MeasuredRow } from './measured-row.ts'
import { toBars } from './to-bars.ts'
import { toTable } from './to-table.ts'

const folder = new URL('../results/', import.meta.url)

/** Writes the results for readers: a page of tables, and a chart for each row that has one. */
export async function writeReport(rows: readonly MeasuredRow[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { id, title, how, outcome } of rows) {
    const bars = toBars(outcome)
    if (bars) await writeFile(new URL(`${id}.svg`, folder), drawBars(title, how, bars))
  }
  const head = [
    '# What was measured',
    '',
    '<!-- Written by `npm run bench`; do not edit. -->',
    '',
    'Medians, with the 10th and 90th percentile in brackets. Ratios are to the first line, round by round. [How it is measured](../README.md).',
  ]
  const page = [...head, ...rows.flatMap(toSection)].join('\n')
  await writeFile(new URL('README.md', folder), `${page}\n`)
}

function toSection(row: MeasuredRow): string[] {
  const { id, title, how, environment, outcome } = row
  const [first, ...others] = toTable(outcome)
  const lines = [first!, first!.map(() => '---'), ...others]
  const absent = 'absent' in outcome ? outcome.absent : []
  const { date, processor, cores, node, commit, load } = environment
  return [
    '',
    `## ${title}`,
    '',
    how,
    '',
    ...lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    '',
    ...absent.map(({ name, reason }) => `${name} did not take part: ${reason}\n`),
    ...(toBars(outcome) ? [`![${title}](${id}.svg)`, ''] : []),
    `<sub>${date}, ${processor}, ${cores} cores, Node.js ${node}, commit ${commit}, load average ${load.join(' before, ')} after.</sub>`,
  ]
}
