import type { FileHandle } from 'node:fs/promises'
import { linesOf } from '../files/lines-of.ts'
import { isCutEntry } from './is-result.ts'

/** What an earlier run did. */
export interface Finished {
  /** As results name them. */
  readonly pictures: ReadonlySet<string>
  /** Files that results name, from the output folder. */
  readonly outputs: readonly string[]
  /** Numbers of lines that tell nothing, counted from 1; their pictures are not among the others. */
  readonly damaged: readonly number[]
}

// A thousand faces with all that meshes can have; V8 takes texts of twice as many bytes.
const longestLine = 2 ** 28

/**
 * The pictures that an earlier run wrote to an NDJSON file. A last line that a crash cut short is
 * removed, so that the file can be appended to; other damage stays.
 */
export async function readFinished(file: FileHandle): Promise<Finished> {
  const pictures = new Set<string>()
  const outputs: string[] = []
  const damaged: number[] = []
  let number = 0
  let end = 0
  for await (const { text, length, isTerminated } of linesOf(file, longestLine)) {
    number += 1
    const entry = text === undefined ? undefined : parseEntry(text)
    const isCut = !isTerminated && text !== undefined && !entry && isCutEntry(text)
    if (isCut) await file.truncate(end)
    else if (!isTerminated) await file.appendFile('\n')
    if (entry) {
      pictures.add(entry.file)
      outputs.push(...outputsOf(entry))
    } else if (!isCut) damaged.push(number)
    end += length
  }
  return { pictures, outputs, damaged }
}

/** A result of whatever command; only its picture is sure. */
interface Entry {
  readonly file: string
  readonly overlay?: unknown
  readonly faces?: unknown
}

function parseEntry(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line)
    return typeof entry.file === 'string' ? entry : undefined
  } catch {
    return undefined
  }
}

function outputsOf({ overlay, faces }: Entry): string[] {
  const entries: { crop?: unknown; files?: unknown }[] = Array.isArray(faces) ? faces : []
  const names = [overlay, ...entries.flatMap((face) => [face?.crop, face?.files].flat())]
  return names.filter((name) => typeof name === 'string')
}
