import { type CsvParts, csvHeader, toCsvRows } from './csv.ts'
import { printable, toJson } from './printable.ts'
import type { ResultEntry } from './result-entry.ts'
import type { Sink } from './sink.ts'
import { toTable } from './table.ts'

export type ResultFormat = 'json' | 'ndjson' | 'csv' | 'table'

/** Writes results one by one in some format. */
export interface ResultWriter {
  write(entry: ResultEntry): Promise<void>
  /** Completes the document. */
  close(): Promise<void>
}

/**
 * @param isList false to write JSON as a single object instead of an array
 * @param parts what faces have that CSV has columns for
 */
export function createResultWriter(
  format: ResultFormat,
  sink: Sink,
  isList: boolean,
  parts: CsvParts = {},
): ResultWriter {
  if (format === 'json') return isList ? jsonArray(sink) : lines(sink, toJson)
  if (format === 'ndjson') return lines(sink, toJson)
  if (format === 'csv') {
    return lines(sink, (entry) => csvText(entry, parts, sink), csvHeader(parts))
  }
  return lines(sink, toTable)
}

function csvText(entry: ResultEntry, parts: CsvParts, { isTerminal }: Sink): string {
  const rows = toCsvRows(entry, parts)
  // Programs want names as they are.
  return (isTerminal ? rows.map(printable) : rows).join('\n')
}

function lines(
  sink: Sink,
  format: (entry: ResultEntry) => string,
  header: string = '',
): ResultWriter {
  let before = header
  return {
    async write(entry) {
      await sink.write(`${before}${format(entry)}\n`)
      before = ''
    },
    async close() {
      if (before) await sink.write(before)
      await sink.close()
    },
  }
}

function jsonArray(sink: Sink): ResultWriter {
  let before = '['
  return {
    async write(entry) {
      await sink.write(`${before}\n${toJson(entry)}`)
      before = ','
    },
    async close() {
      await sink.write(before === '[' ? '[]\n' : '\n]\n')
      await sink.close()
    },
  }
}
