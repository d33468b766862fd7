import { Matrix4, Vector4 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import {
  ANCHOR_COLOR,
  AXIS_COLORS,
  AXIS_LENGTH,
  LANDMARK_COLORS,
  WIRE,
  WIRE_OPACITY,
} from '../scene/appearance.ts'
import type { Shot } from '../scene/stage.ts'

type Place = readonly [x: number, y: number]
type Point = readonly [x: number, y: number, z: number]

/** Draws edges, landmarks, axes and anchor of a face on a canvas, as far as they are asked for. */
export function drawMarks(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const { options } = shot
  if (options.material === 'wireframe') drawEdges(face, shot, context)
  if (options.anchors) drawAnchor(face, shot, context)
  if (options.poseAxes) drawAxes(face, shot, context)
  if (options.landmarks) drawLandmarks(face, shot, context)
}

function drawEdges(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const project = projection(face.placement.matrix, shot, context)
  const { positions, triangles } = face
  const places: (Place | undefined)[] = []
  for (let i = 0; i < positions.length; i += 3) {
    places.push(project([positions[i]!, positions[i + 1]!, positions[i + 2]!]))
  }
  context.globalAlpha = WIRE_OPACITY
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => places[triangles[i + k]!])
    if (!a || !b || !c) continue
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    // Counter-clockwise seen from outside, with y down.
    if (area >= 0) continue
    context.beginPath()
    context.moveTo(...a)
    context.lineTo(...b)
    context.lineTo(...c)
    context.closePath()
    stroke(context, WIRE, 1)
  }
  context.globalAlpha = 1
}

function drawAnchor(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const distance = -face.camera[2]!
  const half = (face.anchor.size * distance) / face.focalLength / 2
  const corners = [
    [-half, -half, -distance],
    [half, -half, -distance],
    [half, half, -distance],
    [-half, half, -distance],
  ] as const
  const line = lines(face.placement.fromCamera, shot, context)
  context.beginPath()
  corners.forEach((corner, i) => {
    line(corner, corners[(i + 1) % 4]!)
  })
  stroke(context, ANCHOR_COLOR, 2)
}

function drawAxes(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const line = lines(face.placement.matrix, shot, context)
  AXIS_COLORS.forEach((color, axis) => {
    const end = [0, 0, 0] as [number, number, number]
    end[axis] = AXIS_LENGTH
    context.beginPath()
    line([0, 0, 0], end)
    stroke(context, color, 3)
  })
}

function drawLandmarks(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const project = projection(face.placement.fromCamera, shot, context)
  const { landmarks } = face
  for (let i = 0; i < face.landmarkCount; i++) {
    const place = project([landmarks[i * 3]!, landmarks[i * 3 + 1]!, landmarks[i * 3 + 2]!])
    if (!place) continue
    context.beginPath()
    context.arc(...place, 3.5, 0, 2 * Math.PI)
    context.fillStyle = css(LANDMARK_COLORS[i]!)
    context.fill()
    stroke(context, [0.08, 0.08, 0.08], 1.5)
  }
}

/** Places in some frame to pixels of the canvas; undefined before the near plane. */
function projection(
  matrix: Matrix4,
  shot: Shot,
  { canvas }: CanvasRenderingContext2D,
): (point: Point) => Place | undefined {
  const toClip = clipMatrix(matrix, shot)
  const clip = new Vector4()
  return (point) => {
    clip.set(...point, 1).applyMatrix4(toClip)
    return nearness(clip) < 0 ? undefined : toPixels(clip, canvas)
  }
}

/** Adds to the path what of a line in some frame is behind the near plane. */
function lines(
  matrix: Matrix4,
  shot: Shot,
  context: CanvasRenderingContext2D,
): (from: Point, to: Point) => void {
  const toClip = clipMatrix(matrix, shot)
  return (from, to) => {
    const [a, b] = [from, to].map((point) => new Vector4(...point, 1).applyMatrix4(toClip)) as [
      Vector4,
      Vector4,
    ]
    const [before, after] = [nearness(a), nearness(b)]
    if (before < 0 && after < 0) return
    const share = before / (before - after)
    if (before < 0) a.lerp(b, share)
    else if (after < 0) b.lerp(a, 1 - share)
    context.moveTo(...toPixels(a, context.canvas))
    context.lineTo(...toPixels(b, context.canvas))
  }
}

function clipMatrix(matrix: Matrix4, { view }: Shot): Matrix4 {
  const toClip = new Matrix4().multiplyMatrices(view.camera.projectionMatrix, view.matrix)
  return toClip.multiply(matrix)
}

/** Negative before the near plane, in clip space. */
function nearness({ z, w }: Vector4): number {
  return z + w
}

function toPixels({ x, y, w }: Vector4, { width, height }: HTMLCanvasElement): Place {
  return [((x / w + 1) * width) / 2, ((1 - y / w) * height) / 2]
}

function stroke(context: CanvasRenderingContext2D, color: readonly number[], width: number): void {
  context.strokeStyle = css(color)
  context.lineWidth = width
  context.stroke()
}

function css(color: readonly number[]): string {
  return `rgb(${color.map((value) => Math.round(value * 255)).join(' ')})`
}
