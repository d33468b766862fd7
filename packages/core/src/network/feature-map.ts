/** A feature map of the network: channel k of cell i is `data[i × cellStep + k × channelStep]`. */
export interface FeatureMap {
  readonly data: Float32Array | Uint8Array
  readonly channels: number
  readonly rows: number
  readonly columns: number
  /** Cells are counted row by row. */
  readonly cellStep: number
  readonly channelStep: number
}

/** Maps of one run of the network, by the names of their tensors. */
export type FeatureMaps = ReadonlyMap<string, FeatureMap>
