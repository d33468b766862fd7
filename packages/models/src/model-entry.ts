import type { ModelConfiguration } from '@retinaface/core'

/** A file that ships with this package. */
export interface AssetEntry {
  readonly id: string
  /** One sentence for lists. */
  readonly description: string
  /** The file's name. */
  readonly file: string
  /**
   * Where the file lies: beside this package, or wherever a bundler moved it.
   *
   * @throws {TypeError} in CommonJS bundles, whose modules have no address
   */
  readonly url: URL
  /** Size of the file. */
  readonly bytes: number
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string
  readonly licence: {
    /** What the package that it came in says. */
    readonly stated: string
    /** What the project that made it says, where that differs. */
    readonly upstream?: string
  }
}

/** The files of a mesh branch. */
export interface MeshBranchEntry {
  readonly topology: AssetEntry
  readonly decoder: AssetEntry
  /** Belongs to the detector that it was trained on. */
  readonly head: AssetEntry
  /** What tells expressions from what the head reads, where there is one. */
  readonly expressions?: AssetEntry
}

/** A file that does a detector's work in another way. */
export interface VariantEntry extends AssetEntry {
  readonly configuration: ModelConfiguration
}

/** Faster files of a detector. */
export interface DetectorVariants {
  /** The same to rounding errors of float32, features and maps included. */
  readonly float32: VariantEntry
  /** In 8-bit integers, less exact; without features. */
  readonly int8: VariantEntry
}

/** A detector that ships with this package. */
export interface ModelEntry extends AssetEntry {
  readonly configuration: ModelConfiguration
  /** What makes meshes from this detector's features, where there is one. */
  readonly meshBranch?: MeshBranchEntry
  /** What refines its five landmarks, where there is one. */
  readonly landmarks?: AssetEntry
  readonly variants?: DetectorVariants
  /** What it was made from, unless this project trained it. */
  readonly source?: PackagedFile
}

/** A file of an npm package. */
export interface PackagedFile {
  readonly package: string
  readonly version: string
  readonly file: string
  readonly sha256: string
}

/** A detector that was made from a file of an npm package. */
export interface PackagedModel extends ModelEntry {
  readonly source: PackagedFile
}
