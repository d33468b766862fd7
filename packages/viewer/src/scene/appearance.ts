type Triple = readonly [number, number, number]

/** Reflectance of clay, sRGB-encoded. */
export const CLAY: Triple = [0.8, 0.75, 0.7]
/** Edges of the wireframe. */
export const WIRE: Triple = [0.25, 0.95, 0.8]
export const WIRE_OPACITY = 0.55
/** What the inside of a mesh looks like. */
export const INSIDE: Triple = [0.24, 0.25, 0.28]
/** From the nearest point of a face to the middle of its depth and the farthest point. */
export const DEPTH_RAMP: readonly [Triple, Triple, Triple] = [
  [1, 0.93, 0.65],
  [0.85, 0.3, 0.35],
  [0.13, 0.1, 0.35],
]
/** P_ill ([9]) of a studio: the viewer's own axes, relative to the head's origin. */
export const STUDIO_LIGHT: readonly number[] = [-60, 70, 110, 0.62, 0.61, 0.6, 0.42, 0.42, 0.44]
/** Cosines of the angle between normal and photographer between which the photo fades in. */
export const PHOTO_FADE: readonly [number, number] = [0.1, 0.35]
/** Colours of a head's axes: x, y, z. */
export const AXIS_COLORS: readonly [Triple, Triple, Triple] = [
  [0.94, 0.3, 0.3],
  [0.35, 0.8, 0.35],
  [0.35, 0.55, 1],
]
/** Length and thickness of a head's axes, centimetres. */
export const AXIS_LENGTH = 14
export const AXIS_WIDTH = 0.35
/** Colours of the five landmarks: the subject's right eye, left eye, nose, right and left mouth. */
export const LANDMARK_COLORS: readonly Triple[] = [
  [1, 0.35, 0.35],
  [0.35, 0.75, 1],
  [1, 0.9, 0.3],
  [1, 0.55, 0.8],
  [0.5, 1, 0.6],
]
export const ANCHOR_COLOR: Triple = [1, 0.78, 0.2]
