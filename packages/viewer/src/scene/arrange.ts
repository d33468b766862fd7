import { type Pinhole, pinholeOf } from '@retinaface/mesh-decoder'
import { Matrix4, Vector3 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import type { ViewerOptions } from '../options/viewer-options.ts'
import { type PictureSize, pictureCamera } from '../picture/picture-camera.ts'
import { distanceThrough, placeAligned, placeAlone, placeStanding } from './place-face.ts'

/** What stands where, in the frame of the camera that the scene begins with (centimetres). */
export interface Arrangement {
  /** The faces that are drawn. */
  readonly faces: ShownFace[]
  /** Unit square, v down, to where the photo hangs. */
  readonly photo: Matrix4
  /** What the view turns about. */
  readonly target: Vector3
  /** Half the width and height of what has to be seen from the origin, at distance 1. */
  readonly extent: { width: number; height: number }
  /** Distance of the photo: nothing is farther. */
  depth: number
}

/** An arrangement to be filled. */
export function createArrangement(): Arrangement {
  return {
    faces: [],
    photo: new Matrix4(),
    target: new Vector3(0, 0, -1),
    extent: { width: 1, height: 1 },
    depth: 1,
  }
}

/** Centimetres from a head's origin to behind it. */
const BACK_OF_HEAD = 14
/**
 * Standing faces keep near one another: sizes in a picture range over two orders, and the smallest
 * would be so far away that nothing else could be seen beside them.
 */
const DEPTH_EXPONENT = 0.4
/** How much larger than the face the view of a single one is. */
const MARGIN = 1.15

/** Arranges a scene of faces found in a picture of some size. */
export function arrange(
  scene: ViewerOptions['scene'],
  faces: readonly ShownFace[],
  picture: PictureSize,
  focus: ShownFace | undefined,
  dst: Arrangement,
): void {
  dst.faces.length = 0
  if (scene === 'single') {
    const face = focus ?? faces[0]
    if (face) arrangeAlone(face, picture, dst)
  } else {
    arrangeTogether(scene, faces, picture, dst)
  }
}

function arrangeAlone(face: ShownFace, picture: PictureSize, dst: Arrangement): void {
  dst.faces.push(face)
  placeAlone(face, face.placement)
  centreOf(face, dst.target)
  const distance = dst.target.length()
  const half = Math.tan(Math.asin(Math.min(0.7, (face.ball.radius * MARGIN) / distance)))
  dst.extent.width = half
  dst.extent.height = half
  dst.depth = -face.camera[2]! + BACK_OF_HEAD
  hangPhoto(picture, pinholeOf(face.camera, face.anchor), dst)
}

function arrangeTogether(
  scene: 'standing' | 'overlay',
  faces: readonly ShownFace[],
  picture: PictureSize,
  dst: Arrangement,
): void {
  const shared = pictureCamera(picture)
  let nearest = Number.POSITIVE_INFINITY
  for (const face of faces) nearest = Math.min(nearest, distanceThrough(shared, face))
  let sum = 0
  dst.depth = 1
  for (const face of faces) {
    dst.faces.push(face)
    const far = distanceThrough(shared, face)
    const distance = scene === 'standing' ? nearest * (far / nearest) ** DEPTH_EXPONENT : far
    if (scene === 'standing') placeStanding(face, shared, distance, face.placement)
    else placeAligned(face, shared, face.placement)
    const room = BACK_OF_HEAD * face.placement.matrix.getMaxScaleOnAxis()
    dst.depth = Math.max(dst.depth, distance + room)
    sum += distance
  }
  dst.target.set(0, 0, faces.length > 0 ? -sum / faces.length : -1)
  dst.extent.width = picture.width / 2 / shared.focalLength
  dst.extent.height = picture.height / 2 / shared.focalLength
  hangPhoto(picture, shared, dst)
}

/** Hangs the photo behind everything, where `pinhole` sees it as it was taken. */
function hangPhoto({ width, height }: PictureSize, pinhole: Pinhole, dst: Arrangement): void {
  const scale = dst.depth / pinhole.focalLength
  const left = -pinhole.principalX * scale
  const top = pinhole.principalY * scale
  dst.photo.makeScale(width * scale, -height * scale, 1).setPosition(left, top, -dst.depth)
}

/** The middle of a placed face. */
export function centreOf(face: ShownFace, dst: Vector3): Vector3 {
  return dst.fromArray(face.ball.centre).applyMatrix4(face.placement.matrix)
}
