import { ImageReadError } from '@retinaface/core'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path; relative paths start at the current directory.',
  EACCES: 'permission denied. Check the rights of the file and of the folders above it.',
  EPERM: 'permission denied. Check the rights of the file and of the folders above it.',
  EISDIR: 'it is a directory, not a picture.',
  ENOTDIR: 'a part of its path is not a directory.',
  ENAMETOOLONG: 'its path is too long.',
  ELOOP: 'its path goes round in symbolic links.',
  EMFILE: 'too many files are open. Read fewer pictures at a time.',
  ERR_FS_FILE_TOO_LARGE: 'the file is larger than 2 GiB.',
  ERR_INVALID_URL_SCHEME: 'only file: URLs are read; nothing is fetched from a network.',
}

/** Says why a picture's bytes could not be read and what to do. */
export function readFailure(name: string, source: unknown, error: unknown): ImageReadError {
  if (ImageReadError.isInstance(error)) return error
  const isRemote = typeof source === 'string' && /^[a-z][a-z\d+.-]+:\/\//i.test(source)
  const given = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = reasons[isRemote ? 'ERR_INVALID_URL_SCHEME' : given]
  const words = error instanceof Error ? error.message : String(error)
  return new ImageReadError(name, reason ?? words, error)
}

// A sample of 16 bits in each of four channels, uncompressed, and what is said of the picture.
const bytesPerPixel = 8
const bytesBeside = 64 * 2 ** 20

/**
 * Refuses more bytes than a picture of `pixelLimit` pixels has, so that a stream without end does not
 * fill the memory.
 *
 * @throws {ImageReadError}
 */
export function assertFewBytes(name: string, count: number, pixelLimit: number): void {
  if (count <= bytesPerPixel * pixelLimit + bytesBeside) return
  throw new ImageReadError(
    name,
    `it has more bytes than a picture of ${pixelLimit} pixels. Raise pixelLimit if you trust it.`,
  )
}
