import { appendFile, readFile } from 'node:fs/promises'
import type { Embedding } from '@retinaface/recognition/node'

/** Vectors by name; `undefined` where no face was found. */
export type NamedVectors = Map<string, Embedding | undefined>

/** What a run that was ended has kept; nothing where there is no file. */
export async function readVectors(file: string): Promise<NamedVectors> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line.endsWith(']'))
  return new Map(
    lines.map((line) => {
      const [key, vector] = JSON.parse(line) as [string, number[] | null]
      return [key, vector ? Float32Array.from(vector) : undefined]
    }),
  )
}

/** Keeps a vector in memory and in the file. */
export async function keepVector(
  file: string,
  known: NamedVectors,
  name: string,
  vector: Embedding | undefined,
): Promise<void> {
  known.set(name, vector)
  const rounded = vector && Array.from(vector, (value) => Math.round(value * 1e6) / 1e6)
  await appendFile(file, `${JSON.stringify([name, rounded ?? null])}\n`)
}
