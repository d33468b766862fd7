import type { ModelConfiguration } from '@retinaface/core'

/** A network that ships with this package. */
export interface ModelEntry {
  readonly id: string
  /** One sentence for lists. */
  readonly description: string
  readonly configuration: ModelConfiguration
  /** Where the ONNX file lies: beside this package, or wherever a bundler moved it. */
  readonly url: URL
  /** Size of the file. */
  readonly bytes: number
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string
  /** What the file was made from. */
  readonly source: {
    readonly package: string
    readonly version: string
    readonly file: string
    readonly sha256: string
  }
  readonly licence: {
    /** What the package that it came in says. */
    readonly stated: string
    /** What the project that trained it says. */
    readonly upstream: string
  }
}
