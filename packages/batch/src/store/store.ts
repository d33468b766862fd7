/** A file of a store. */
export interface StoredFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** When it was written, milliseconds since 1970. */
  readonly modified: number
}

/**
 * Where a run keeps its plan and its parts: a folder, or a prefix in a bucket. Names have `/` between
 * their parts. Every file is there whole or not at all.
 */
export interface Store {
  /** Absolute path, or `s3://bucket/prefix`: what {@link openStore} takes, on other machines too. */
  readonly url: string
  /** The bytes of a file; undefined if there is none. @throws {StoreError} */
  read(name: string): Promise<Uint8Array | undefined>
  /** Writes a file if there is none of its name yet, and says whether it did. @throws {StoreError} */
  create(name: string, data: Uint8Array): Promise<boolean>
  /** Writes a file, in place of one with its name. @throws {StoreError} */
  replace(name: string, data: Uint8Array): Promise<void>
  /** The files whose names begin like this, in the order of their names. @throws {StoreError} */
  list(prefix: string): AsyncIterable<StoredFile>
}
