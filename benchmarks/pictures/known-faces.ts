import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** x1, y1, x2, y2 in pixels of the picture. */
export type Box = readonly [number, number, number, number]

/** A picture of which every face is known. */
export interface KnownPicture {
  readonly path: string
  readonly width: number
  readonly height: number
  /** Forehead to chin, ear to ear. */
  readonly faces: readonly Box[]
}

const require = createRequire(import.meta.url)
const demo = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo')

/**
 * The six photographs of `@vladmandic/face-api`, 22 faces in all. The boxes are those that two
 * detectors agreed on at five scales, each looked at by eye, and what was no face struck out.
 */
export const SAMPLE_PHOTOS: readonly KnownPicture[] = [
  sample(1, 1280, [
    [830, 424, 1034, 660],
    [1466, 210, 1686, 435],
    [412, 361, 596, 602],
  ]),
  sample(2, 1367, [
    [1444, 158, 1646, 397],
    [359, 137, 542, 417],
    [894, 249, 1068, 460],
  ]),
  sample(3, 1350, [
    [587, 327, 795, 604],
    [1065, 210, 1294, 509],
    [1486, 294, 1698, 575],
  ]),
  sample(4, 1448, [
    [649, 72, 851, 313],
    [980, 189, 1158, 416],
    [255, 207, 440, 441],
    [1267, 163, 1439, 387],
  ]),
  sample(5, 1398, [
    [594, 426, 771, 667],
    [1407, 392, 1614, 674],
    [367, 878, 577, 1168],
    [1113, 214, 1283, 437],
    [782, 115, 950, 339],
  ]),
  sample(6, 1537, [
    [1472, 262, 1699, 561],
    [251, 485, 475, 769],
    [1162, 312, 1379, 598],
    [660, 331, 874, 632],
  ]),
]

function sample(number: number, height: number, faces: readonly Box[]): KnownPicture {
  return { path: join(demo, `sample${number}.jpg`), width: 1920, height, faces }
}
