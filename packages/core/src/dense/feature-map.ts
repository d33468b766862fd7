/** A feature map of the network, planar: `channels×rows×columns`. */
export interface FeatureMap {
  readonly data: Float32Array
  readonly channels: number
  readonly rows: number
  readonly columns: number
}
