import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { Account } from '../limits/memory-budget.ts'
import { ServerError } from '../server-error.ts'

/** How much may be read, and whose memory it takes. */
export interface ReadBounds {
  /** Of the whole body. */
  readonly bytes: number
  readonly account: Account
}

/** Counts what is read of a body. */
export class ByteCounter {
  private readonly bounds: ReadBounds
  private read = 0

  constructor(bounds: ReadBounds) {
    this.bounds = bounds
  }

  /**
   * @throws {ServerError} 413 if it is more than a body may have
   * @throws {BusyError} if there is no memory for it now
   */
  add(bytes: number): void {
    this.read += bytes
    if (this.read > this.bounds.bytes) throw tooLarge(this.bounds.bytes)
    this.bounds.account.take(bytes)
  }
}

/** Refuses a body that says itself that it is too large, before any of it is read. */
export function refuseLength({ headers }: IncomingMessage, { bytes }: ReadBounds): void {
  if (Number(headers['content-length'] ?? 0) > bytes) throw tooLarge(bytes)
}

/** Reads a stream to its end. Where that fails it is left open, so that the client gets its answer. */
export async function readAll(stream: Readable, counter: ByteCounter): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream.iterator({ destroyOnReturn: false })) {
    counter.add(part.length)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function tooLarge(bytes: number): ServerError {
  return new ServerError(413, 'TOO_LARGE', `A body may have at most ${bytes} bytes.`)
}
