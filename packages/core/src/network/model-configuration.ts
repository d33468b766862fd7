/** One level of the feature pyramid with its square anchors. */
export interface AnchorLevel {
  /** Input pixels from one cell to the next. */
  readonly stride: number
  /** Side of each anchor of a cell in input pixels, in the network's order. */
  readonly sizes: readonly number[]
  /**
   * Faces of this size and more (longer side, input pixels) are found without this level too, so a
   * run that looks for no smaller ones leaves it out. Default: it is always needed.
   */
  readonly neededBelow?: number
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

/** The predictions of every detection head. */
export type HeadName = 'score' | 'box' | 'landmarks'

/** What a network says of whether an anchor holds a face. */
export interface ScoreConfiguration {
  /**
   * - `background-and-face`: two numbers an anchor, which sum to 1; the second is the score.
   * - `face`: one number, the score.
   * - `class-and-objectness`: two numbers, that of a face and that of how well the box fits; the score
   *   is their geometric mean √(class · objectness), as in YuNet (libfacedetection.train).
   */
  readonly channels: 'background-and-face' | 'face' | 'class-and-objectness'
  /** `logit`: the probability is `1 / (1 + exp(−value))`. */
  readonly values: 'probability' | 'logit'
}

/**
 * Which tensors the network gives out.
 *
 * - `maps`: a tensor a level and head, `1×(A·k)×rows×columns`, channels anchor-major (A anchors a cell;
 *   k = 4 for boxes, 10 for landmarks). Scores of two channels have the first of all anchors, then
 *   the second. Names may hold `{stride}`.
 * - `rows`: a tensor a level and head, `1×n×k`, n running over row, column, anchor; of `class` and
 *   `objectness` each has its own tensor. Names may hold `{stride}`.
 * - `flat`: a tensor a head for all levels, `1×n×k`, n running over level, row, column, anchor.
 * - `cells`: one tensor a level, `1×rows×columns×(A·k)`, a cell's predictions side by side: scores of
 *   all anchors (then objectness of all), 4·A for boxes, 10·A for landmarks. All names are the same.
 *
 * When the names are not there, `order` tells what the outputs are by position (for `maps` and `rows`,
 * level by level).
 */
export interface OutputConfiguration {
  readonly layout: 'maps' | 'rows' | 'flat' | 'cells'
  readonly score: ScoreConfiguration
  readonly names: Readonly<Record<HeadName, string>> & { readonly objectness?: string }
  readonly order: readonly (HeadName | 'objectness')[]
  /** Context features of the heads, `1×C×rows×columns`; a name with `{stride}`. Optional outputs. */
  readonly contextFeatures?: string
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
  /**
   * The faces that it is good at: from which size on nearly all are found, and up to which size all are
   * found in one piece (longer side, input pixels). Smaller ones are looked at enlarged, larger ones
   * reduced. What one look says of faces larger than `sureTo`, if it is given, a look at half the scale
   * has to say too. Default: one look is enough.
   */
  readonly faceSizes: { readonly from: number; readonly to: number; readonly sureTo?: number }
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
