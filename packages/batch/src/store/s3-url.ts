import { BatchError } from '../errors.ts'

/** A bucket, and a key or the beginning of keys in it. */
export interface S3Address {
  readonly bucket: string
  readonly key: string
}

/** True for `s3://bucket/key`. */
export function isS3Url(text: string): boolean {
  return text.startsWith('s3://')
}

/**
 * The parts of `s3://bucket/key`; keys are written as they are, without percent signs for other characters.
 *
 * @throws {BatchError}
 */
export function parseS3Url(url: string): S3Address {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(url) ?? []
  if (bucket !== undefined) return { bucket, key }
  throw new BatchError(`Expected s3://bucket/prefix but received ${JSON.stringify(url)}.`)
}
