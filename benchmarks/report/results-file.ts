import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { MeasuredRow } from './measured-row.ts'

const file = new URL('../results/benchmarks.json', import.meta.url)

/** What was measured before, in the order of the rows. */
export async function readResults(): Promise<readonly MeasuredRow[]> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : []
}

/**
 * Puts newly measured rows in the place of older ones of the same name and drops those that are no
 * longer measured. `order` names all that are.
 */
export function mergeRows(
  older: readonly MeasuredRow[],
  newer: readonly MeasuredRow[],
  order: readonly string[],
): MeasuredRow[] {
  const rows = new Map([...older, ...newer].map((row) => [row.id, row]))
  return order.flatMap((id) => rows.get(id) ?? [])
}

/** Writes the results for machines. */
export async function writeResults(rows: readonly MeasuredRow[]): Promise<void> {
  await mkdir(new URL('.', file), { recursive: true })
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value
  await writeFile(file, `${JSON.stringify(rows, rounded, 2)}\n`)
}
