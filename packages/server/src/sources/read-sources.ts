import type { FastifyRequest } from 'fastify'
import { ServerError } from '../server-error.ts'
import { ByteCounter, type ReadBounds, readAll, refuseLength } from './read-all.ts'
import { readUrlList } from './read-url-list.ts'

/** A picture of a request: its bytes, or where they are. */
export type Source = { readonly bytes: Uint8Array } | { readonly url: string }

/** The pictures of a request, and whether they came one by one or as a list. */
export interface Sources {
  readonly pictures: readonly Source[]
  readonly isList: boolean
}

/** The pictures and the text fields of a form. */
export interface Form {
  readonly pictures: readonly { readonly bytes: Uint8Array }[]
  readonly fields: ReadonlyMap<string, string>
}

const mostFields = 20
const fieldBytes = 1024

/**
 * Reads a body: a raw picture, a form with one or more, or lines of JSON with URLs.
 *
 * @throws {ServerError} saying what was expected
 */
export async function readSources(
  request: FastifyRequest,
  bounds: ReadBounds,
  mostPictures: number,
): Promise<Sources> {
  refuseLength(request.raw, bounds)
  const type = contentType(request)
  if (type === 'multipart/form-data') {
    const { pictures } = await readForm(request, bounds, mostPictures)
    return { pictures, isList: pictures.length > 1 }
  }
  const bytes = await readAll(request.raw, new ByteCounter(bounds))
  if (type === 'application/x-ndjson') {
    return { pictures: readUrlList(bytes.toString(), mostPictures), isList: true }
  }
  if (bytes.length === 0) throw new ServerError(400, 'NO_PICTURE', noPicture)
  return { pictures: [{ bytes }], isList: false }
}

/** The media type of a body, without its parameters. */
export function contentType({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
}

/**
 * Reads a form whose files are pictures.
 *
 * @throws {ServerError} saying what is wrong with it
 */
export async function readForm(
  request: FastifyRequest,
  bounds: ReadBounds,
  mostPictures: number,
): Promise<Form> {
  const limits = {
    files: mostPictures,
    fields: mostFields,
    fieldSize: fieldBytes,
    // What is too long is found by the counter.
    fileSize: bounds.bytes + 1,
  }
  const counter = new ByteCounter(bounds)
  const pictures: { bytes: Uint8Array }[] = []
  const fields = new Map<string, string>()
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') pictures.push({ bytes: await readAll(part.file, counter) })
      else fields.set(part.fieldname, String(part.value))
    }
  } catch (error) {
    throw explainForm(error, mostPictures)
  }
  if (pictures.length === 0) throw new ServerError(400, 'NO_PICTURE', noPicture)
  return { pictures, fields }
}

const noPicture =
  'There is no picture. Send one as the body, or some as the files of a multipart form.'

function explainForm(error: unknown, mostPictures: number): unknown {
  if (error instanceof ServerError || !(error instanceof Error)) return error
  const code = 'code' in error ? error.code : undefined
  if (code === 'FST_FILES_LIMIT') {
    return new ServerError(413, 'TOO_MANY', `A request may have at most ${mostPictures} pictures.`)
  }
  // The client has gone; nobody reads an answer.
  if (code === 'ECONNRESET') return error
  return new ServerError(400, 'BAD_FORM', `The form cannot be read: ${error.message}.`, error)
}
