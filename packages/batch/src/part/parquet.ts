import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Column, ColumnType, Row } from './columns.ts'

/** Written at the end of each file; a later run knows by it that the file is its own. */
export const PARQUET_CREATOR = 'retinaface'

/**
 * The bytes of a Parquet file, a group of rows after the other, so that no more than a group is held.
 *
 * @example
 * const file = new ParquetRows(columns)
 * await handle.appendFile(file.append(rows))
 * await handle.appendFile(file.finish())
 */
export class ParquetRows {
  private readonly columns: readonly Column[]
  private readonly bytes = new ByteWriter()
  private readonly writer: ParquetWriter

  constructor(columns: readonly Column[]) {
    this.columns = columns
    this.writer = new ParquetWriter({
      writer: this.bytes,
      createdBy: PARQUET_CREATOR,
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.flatMap(({ name, type }) => schemaOf(name, type)),
      ],
    })
  }

  /**
   * Adds a group of rows; what a row lacks is null.
   *
   * @returns the next bytes of the file
   */
  append(rows: readonly Row[]): Uint8Array {
    this.writer.write({
      columnData: this.columns.map(({ name, type }) => ({
        name,
        data: rows.map((row) => row[name] ?? null),
        // Files of other formats are compressed, and the smallest of them says nothing.
        ...(type === 'bytes' ? { codec: 'UNCOMPRESSED', statistics: false } : {}),
      })),
      rowGroupSize: Math.max(1, rows.length),
    })
    return this.taken()
  }

  /** @returns the last bytes of the file */
  finish(): Uint8Array {
    this.writer.finish()
    return this.taken()
  }

  private taken(): Uint8Array {
    const taken = this.bytes.getBytes().slice()
    this.bytes.index = 0
    return taken
  }
}

type SchemaElements = ConstructorParameters<typeof ParquetWriter>[0]['schema']

function schemaOf(name: string, type: ColumnType): SchemaElements {
  const optional = { name, repetition_type: 'OPTIONAL' } as const
  if (type === 'integer') return [{ ...optional, type: 'INT32' }]
  if (type === 'float') return [{ ...optional, type: 'FLOAT' }]
  if (type === 'text') return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
  if (type === 'bytes') return [{ ...optional, type: 'BYTE_ARRAY' }]
  return [
    { ...optional, num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'OPTIONAL', type: 'FLOAT' },
  ]
}
