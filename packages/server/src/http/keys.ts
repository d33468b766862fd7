import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ServerError } from '../server-error.ts'

/** The keys that requests must have one of; with none given, all may come in. */
export class Keys {
  private readonly digests: readonly Buffer[]

  constructor(keys: readonly string[]) {
    this.digests = keys.map(digest)
  }

  /** @throws {ServerError} 401 if the request has none of the keys */
  check(key: string | undefined): void {
    if (this.digests.length === 0) return
    // Digests are of one length, and all are compared: the time says nothing of a key.
    const given = digest(key ?? '')
    const equal = this.digests.filter((known) => timingSafeEqual(known, given)).length
    if (key !== undefined && equal > 0) return
    throw new ServerError(401, 'NO_KEY', 'A key is needed, as authorization: Bearer KEY.')
  }
}

/** The key of a request: as a bearer token, or as CompreFace's clients send it. */
export function keyOf({ headers }: FastifyRequest): string | undefined {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
  const other = headers['x-api-key']
  return bearer ?? (typeof other === 'string' ? other : undefined)
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
