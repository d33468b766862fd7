import type { AnchorLevel, HeadName } from './model-configuration.ts'

/**
 * Where one prediction of a level lies in its tensor: component k of anchor a in cell i
 * (row-major) is `data[start + a * anchorStep + i * cellStep + k * componentStep]`.
 */
export interface HeadView {
  readonly data: Float32Array
  readonly start: number
  readonly anchorStep: number
  readonly cellStep: number
  readonly componentStep: number
}

/** The predictions of one pyramid level, whatever the network's layout. */
export interface LevelOutputs extends Readonly<Record<HeadName, HeadView>> {
  readonly level: AnchorLevel
  readonly rows: number
  readonly columns: number
  /** How well the box fits, where the network says so beside the class. */
  readonly objectness?: HeadView
  /** Context features, `C×rows×columns`; there when the network gives them out. */
  readonly contextFeatures?: { readonly data: Float32Array; readonly channels: number }
}
