import { FolderStore } from './folder-store.ts'
import { S3 } from './s3.ts'
import { S3Store } from './s3-store.ts'
import { isS3Url } from './s3-url.ts'
import type { Store } from './store.ts'

/**
 * Opens the store of a run.
 *
 * @param url a folder's path, or `s3://bucket/prefix`
 * @throws {BatchError} if the URL is not valid, or `@aws-sdk/client-s3` is needed and not installed
 *
 * @example
 * const store = await openStore('s3://faces/run-1')
 */
export async function openStore(url: string): Promise<Store> {
  return isS3Url(url) ? new S3Store(await S3.open(), url) : new FolderStore(url)
}
