import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ImageReadError } from '@retinaface/core'
import type { PlannedPicture } from '../plan/shards.ts'
import { S3 } from '../store/s3.ts'
import { isS3Url, parseS3Url } from '../store/s3-url.ts'

/** Gets pictures by the names that plans have for them. */
export class PictureSource {
  private readonly base: string
  private s3: Promise<S3> | undefined

  /** @param base absolute; the folder that relative paths start at */
  constructor(base: string) {
    this.base = base
  }

  /**
   * A picture's path, or its bytes if it lies in a bucket.
   *
   * @throws {ImageReadError} if there is none
   * @throws {StoreError} if the bucket does not answer
   */
  async get(picture: PlannedPicture): Promise<string | Uint8Array> {
    if (typeof picture !== 'string') {
      throw new ImageReadError(JSON.stringify(picture.file), picture.error.message)
    }
    return isS3Url(picture) ? this.getObject(picture) : this.pathOf(picture)
  }

  private async getObject(url: string): Promise<Uint8Array> {
    this.s3 ??= S3.open()
    const data = await (await this.s3).get(parseS3Url(url))
    if (data) return data
    throw new ImageReadError(JSON.stringify(url), 'there is no such object.')
  }

  private async pathOf(file: string): Promise<string> {
    const path = resolve(this.base, file)
    const stats = await stat(path).catch(() => undefined)
    // A pipe or device may never end. If there is no file, the reader says so.
    if (!stats || stats.isFile()) return path
    throw new ImageReadError(JSON.stringify(file), 'it is no regular file.')
  }
}
