import type { ViewerOptions } from '../options/viewer-options.ts'
import type { Picture } from '../picture/picture.ts'
import type { PictureSize } from '../picture/picture-camera.ts'
import type { Arrangement } from './arrange.ts'
import type { View } from './view.ts'
import type { ViewerStatistics } from './viewer-statistics.ts'

/** All that a picture is drawn from. */
export interface Shot {
  readonly arrangement: Arrangement
  readonly view: View
  readonly options: ViewerOptions
  /** The background of the options as the page resolves it: variables and the like are gone. */
  readonly background: string
  readonly picture: Picture
  /** Of the photo, or of what the faces span without one. */
  readonly pictureSize: PictureSize
}

/** Something that draws on a canvas. */
export interface Stage {
  readonly kind: 'webgl' | 'software'
  /** Gives the canvas a size in device pixels. */
  resize(width: number, height: number): void
  draw(shot: Shot): void
  /** All but times. */
  readonly statistics: Omit<ViewerStatistics, 'frames' | 'frameMilliseconds'>
  dispose(): void
}
