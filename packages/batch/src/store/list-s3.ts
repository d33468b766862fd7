import { S3 } from './s3.ts'
import { parseS3Url } from './s3-url.ts'

/**
 * The URLs of the objects below `s3://bucket/prefix` in the order of their keys; or of the object, if it is
 * one.
 *
 * @throws {BatchError} if the URL is not valid, or `@aws-sdk/client-s3` is not installed
 * @throws {StoreError}
 */
export async function* listS3(url: string): AsyncGenerator<string, void, undefined> {
  const { bucket, key } = parseS3Url(url)
  const s3 = await S3.open()
  const isFolder = key === '' || key.endsWith('/')
  for await (const { name } of s3.list({ bucket, key })) {
    // `photos` is not meant to lead to `photos-old/1.jpg`.
    const isMeant = isFolder || name === key || name.startsWith(`${key}/`)
    if (isMeant) yield `s3://${bucket}/${name}`
  }
}
