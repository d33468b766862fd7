import { createHash } from 'node:crypto'

/** A picture of a run: its path or `s3://` URL, or one that is known to fail. */
export type PlannedPicture = string | FailedPicture

/** A picture that could not be read, or something that could not be looked for pictures. */
export interface FailedPicture {
  readonly file: string
  readonly error: { readonly code: string; readonly message: string }
}

/** Some of a run's pictures, which one worker does and commits as one part. */
export interface Shard {
  /** Its number and the beginning of the SHA-256 of its list: `000017-3fa9c2d1b0`. */
  readonly id: string
  /** Lines of JSON, a picture each. */
  readonly list: Uint8Array
  readonly pictures: number
}

/** Cuts pictures, in their order, into shards; the same pictures give the same ones. */
export async function* cutShards(
  pictures: Iterable<PlannedPicture> | AsyncIterable<PlannedPicture>,
  size: number,
): AsyncGenerator<Shard, void, undefined> {
  let lines: string[] = []
  let number = 0
  for await (const picture of pictures) {
    lines.push(JSON.stringify(picture))
    if (lines.length < size) continue
    yield toShard(number++, lines)
    lines = []
  }
  if (lines.length > 0) yield toShard(number, lines)
}

/** The pictures of a shard's list. */
export function parseList(list: Uint8Array): PlannedPicture[] {
  return Buffer.from(list)
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

function toShard(number: number, lines: readonly string[]): Shard {
  const list = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  const hash = createHash('sha256').update(list).digest('hex').slice(0, 10)
  return { id: `${String(number).padStart(6, '0')}-${hash}`, list, pictures: lines.length }
}
