import type { S3 } from './s3.ts'
import { parseS3Url, type S3Address } from './s3-url.ts'
import type { Store, StoredFile } from './store.ts'

/** A store below a prefix of a bucket. */
export class S3Store implements Store {
  readonly url: string
  private readonly s3: S3
  private readonly bucket: string
  private readonly folder: string

  /** @throws {BatchError} if the URL is not `s3://bucket/prefix` */
  constructor(s3: S3, url: string) {
    const { bucket, key } = parseS3Url(url)
    const prefix = key.replace(/\/+$/, '')
    this.s3 = s3
    this.bucket = bucket
    this.folder = prefix === '' ? '' : `${prefix}/`
    this.url = `s3://${bucket}/${prefix}`
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.s3.get(this.addressOf(name))
  }

  create(name: string, data: Uint8Array): Promise<boolean> {
    return this.s3.putNew(this.addressOf(name), data)
  }

  replace(name: string, data: Uint8Array): Promise<void> {
    return this.s3.put(this.addressOf(name), data)
  }

  async *list(prefix: string): AsyncGenerator<StoredFile, void, undefined> {
    for await (const file of this.s3.list(this.addressOf(prefix))) {
      yield { ...file, name: file.name.slice(this.folder.length) }
    }
  }

  private addressOf(name: string): S3Address {
    return { bucket: this.bucket, key: this.folder + name }
  }
}
