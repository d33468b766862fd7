import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { ImageReadError, READ_LIMITS } from '@retinaface/node'
import { describeError } from '@retinaface/node/results'
import { BatchError, StoreError } from '../errors.ts'
import { loadOptional } from '../load-optional.ts'
import { type Patience, retry } from './retry.ts'
import type { S3Address } from './s3-url.ts'
import type { StoredFile } from './store.ts'

// Half a minute of answers with 500, and then some: what is down for longer is waited for by the run.
const defaultPatience: Patience = { tries: 7, timeout: 60_000, pause: 500 }

// Bytes in a millisecond; an upload that is slower is given up.
const slowestUpload = 500

type Module = typeof import('@aws-sdk/client-s3')

/**
 * What is done with objects of S3, on any server that speaks its protocol. Each request is tried several
 * times; then it is a {@link StoreError}, or a {@link BatchError} where the server refuses it for good.
 */
export class S3 {
  private readonly module: Module
  private readonly client: S3Client
  private readonly patience: Patience

  private constructor(module: Module, client: S3Client, patience: Patience) {
    this.module = module
    this.client = client
    this.patience = patience
  }

  /**
   * Credentials, region and endpoint are those of the AWS tools: `AWS_ACCESS_KEY_ID`, `AWS_REGION`,
   * `AWS_ENDPOINT_URL_S3` and so on, or their files, or the machine's role.
   *
   * @throws {BatchError} if `@aws-sdk/client-s3` is not installed
   */
  static async open(patience: Patience = defaultPatience): Promise<S3> {
    const load = () => import('@aws-sdk/client-s3')
    const module = await loadOptional(load, 'S3', '@aws-sdk/client-s3')
    const isOwnServer = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL
    const client = new module.S3Client({
      // Tried again here, where hanging answers and cut bodies are noticed too.
      maxAttempts: 1,
      // MinIO and others have buckets in paths, and need no region.
      ...(isOwnServer
        ? { forcePathStyle: true, region: process.env.AWS_REGION ?? 'us-east-1' }
        : {}),
    })
    return new S3(module, client, patience)
  }

  /**
   * The bytes of an object; undefined if there is none.
   *
   * @throws {StoreError}
   * @throws {ImageReadError} if it has more bytes than a picture may have, or is archived
   */
  async get({ bucket, key }: S3Address): Promise<Uint8Array | undefined> {
    const command = new this.module.GetObjectCommand({ Bucket: bucket, Key: key })
    try {
      return await this.send('read', { bucket, key }, async (abortSignal) => {
        const { Body, ContentLength } = await this.client.send(command, { abortSignal })
        if (ContentLength !== undefined && ContentLength > READ_LIMITS.bytes) throw tooLarge(key)
        return Body && (await collect(Body as Readable, key))
      })
    } catch (error) {
      const { cause } = error as Error
      if (isNamed(cause, 'NoSuchKey')) return undefined
      throw isNamed(cause, 'InvalidObjectState') ? archived(key) : error
    }
  }

  /** Writes an object, whether there is one or not. @throws {StoreError} and {BatchError} */
  async put(address: S3Address, data: Uint8Array): Promise<void> {
    await this.sendData(address, data, {})
  }

  /** Writes an object if there is none yet, and says whether it did. @throws {StoreError} and {BatchError} */
  async putNew(address: S3Address, data: Uint8Array): Promise<boolean> {
    try {
      await this.sendData(address, data, { IfNoneMatch: '*' })
      return true
    } catch (error) {
      // After a lost answer the object that is in the way may be this one: it is there all the same.
      if (statusOf((error as Error).cause) === 412) return false
      throw error
    }
  }

  /** The objects whose keys begin like this; `name` is the whole key. @throws {StoreError} and {BatchError} */
  async *list({ bucket, key }: S3Address): AsyncGenerator<StoredFile, void, undefined> {
    let token: string | undefined
    do {
      const command = new this.module.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: key,
        ContinuationToken: token,
      })
      const page = await this.send('list', { bucket, key }, (abortSignal) =>
        this.client.send(command, { abortSignal }),
      )
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key === undefined) continue
        yield { name: Key, size: Size ?? 0, modified: LastModified?.getTime() ?? 0 }
      }
      token = page.NextContinuationToken
    } while (token !== undefined)
  }

  private async sendData(
    { bucket, key }: S3Address,
    data: Uint8Array,
    condition: { IfNoneMatch?: string },
  ): Promise<void> {
    const { PutObjectCommand } = this.module
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: data, ...condition })
    const slow = data.length / slowestUpload
    await this.send(
      'write',
      { bucket, key },
      (abortSignal) => this.client.send(command, { abortSignal }),
      { ...this.patience, timeout: this.patience.timeout + slow },
    )
  }

  private async send<T>(
    verb: string,
    { bucket, key }: S3Address,
    perform: (signal: AbortSignal) => Promise<T>,
    patience = this.patience,
  ): Promise<T> {
    try {
      return await retry(patience, perform, isFinal)
    } catch (error) {
      if (error instanceof ImageReadError) throw error
      const url = JSON.stringify(`s3://${bucket}/${key}`)
      const message = `Could not ${verb} ${url}: ${describeError(error).message}`
      throw isFinal(error) ? new BatchError(message, error) : new StoreError(message, error)
    }
  }
}

// Conflicts of writers (409), haste (429) and slow requests (408) pass; what else is wrong stays so.
const passing = [408, 409, 429]

function isFinal(error: unknown): boolean {
  if (error instanceof ImageReadError || isNamed(error, 'CredentialsProviderError')) return true
  const status = statusOf(error)
  return status !== undefined && status >= 400 && status < 500 && !passing.includes(status)
}

/** Servers need not say how long an object is. */
async function collect(body: Readable, key: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > READ_LIMITS.bytes) throw tooLarge(key)
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error && '$metadata' in error)) return undefined
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode
}

function tooLarge(key: string): ImageReadError {
  const most = READ_LIMITS.bytes / 2 ** 20
  return new ImageReadError(JSON.stringify(key), `it has more than ${most} MiB.`)
}

function archived(key: string): ImageReadError {
  return new ImageReadError(JSON.stringify(key), 'it is archived. Restore it first.')
}
