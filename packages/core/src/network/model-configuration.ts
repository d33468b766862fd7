/** One level of the feature pyramid with its square anchors. */
export interface AnchorLevel {
  /** Input pixels from one cell to the next. */
  readonly stride: number
  /** Side of each anchor of a cell in input pixels, in the network's order. */
  readonly sizes: readonly number[]
}

/** How pixels become the network's input. */
export interface InputConfiguration {
  readonly name: string
  /**
   * - `planar` (default): a float32 tensor `1×3×height×width`.
   * - `interleaved`: a uint8 tensor `1×height×width×3` of the samples as they are, so that pixels of
   *   the right size need no copy; `mean` is 0 and `scale` 1.
   * - `rgba`: the same of four samples, `1×height×width×4`, as canvases give them; the network ignores
   *   the fourth.
   */
  readonly layout?: 'planar' | 'interleaved' | 'rgba'
  readonly channelOrder: 'rgb' | 'bgr'
  /** Subtracted from red, green and blue (0..255), in this order whatever the channel order is. */
  readonly mean: readonly [red: number, green: number, blue: number]
  /** Multiplied after the mean is subtracted. */
  readonly scale: number
  /** Height and width are padded to a multiple of this. */
  readonly sizeMultiple: number
}

/** The three predictions of every detection head. */
export type HeadName = 'score' | 'box' | 'landmarks'

/**
 * Which tensors the network gives out.
 *
 * - `maps`: three tensors a level, `1×(A·k)×rows×columns`, channels anchor-major (A anchors a cell;
 *   k = 4 for boxes, 10 for landmarks). Scores have 2·A channels, all backgrounds first.
 *   Names may hold `{stride}`.
 * - `cells`: one tensor a level, `1×rows×columns×15·A`, a cell's predictions side by side: A log-odds
 *   of a face (not probabilities), 4·A for boxes, 10·A for landmarks. The three names are the same.
 * - `flat`: one tensor for all levels, `1×n×k`, n running over level, row, column, anchor
 *   (k = 2 background and face, 4, 10).
 *
 * When the names are not there, `order` tells what the outputs are by position (for `maps`, level by
 * level).
 */
export interface OutputConfiguration {
  readonly layout: 'maps' | 'cells' | 'flat'
  readonly names: Readonly<Record<HeadName, string>>
  readonly order: readonly HeadName[]
  /** Context features of the heads, `1×C×rows×columns`; a name with `{stride}`. Optional outputs. */
  readonly features?: string
}

/**
 * Everything that decoding needs to know of a RetinaFace network, as plain data.
 *
 * With an anchor of centre (a_x, a_y) and size s, and predictions d (box) and v (landmarks):
 * `centre = a + d_xy · boxCentreVariance · s`, `size = s · exp(d_wh · boxSizeVariance)`,
 * `landmark = a + v · landmarkVariance · s`.
 */
export interface ModelConfiguration {
  /** Short name for messages. */
  readonly name: string
  readonly input: InputConfiguration
  readonly outputs: OutputConfiguration
  /** In the order of the network's outputs. */
  readonly levels: readonly AnchorLevel[]
  /** Anchor centre = `(cell + strides) · stride + pixels`, cell being the column or row. */
  readonly anchorCentre: { readonly strides: number; readonly pixels: number }
  readonly boxCentreVariance: number
  readonly boxSizeVariance: number
  readonly landmarkVariance: number
  /**
   * `indices`: coordinates count pixels, the first pixel's centre is 0 and a box of width w spans
   * `centre ± (w − 1) / 2`. `edges`: the first pixel's centre is 0.5, a box spans `centre ± w / 2`.
   */
  readonly pixelConvention: 'indices' | 'edges'
}

/** Rows and columns of a level's feature map for an input of `size` pixels. */
export function cellCount(size: number, stride: number): number {
  return Math.ceil(size / stride)
}
