import { Matrix4, Vector3 } from 'three'
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
  const places: Place[] = []
  for (let i = 0; i < positions.length; i += 3) {
    places.push(project(positions[i]!, positions[i + 1]!, positions[i + 2]!))
  }
  context.globalAlpha = WIRE_OPACITY
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => places[triangles[i + k]!]!) as [Place, Place, Place]
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
  const project = projection(face.placement.fromCamera, shot, context)
  const distance = -face.camera[2]!
  const half = (face.anchor.size * distance) / face.focalLength / 2
  context.beginPath()
  context.moveTo(...project(-half, -half, -distance))
  context.lineTo(...project(half, -half, -distance))
  context.lineTo(...project(half, half, -distance))
  context.lineTo(...project(-half, half, -distance))
  context.closePath()
  stroke(context, ANCHOR_COLOR, 2)
}

function drawAxes(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const project = projection(face.placement.matrix, shot, context)
  AXIS_COLORS.forEach((color, axis) => {
    context.beginPath()
    context.moveTo(...project(0, 0, 0))
    const end = [0, 1, 2].map((k) => (k === axis ? AXIS_LENGTH : 0))
    context.lineTo(...project(end[0]!, end[1]!, end[2]!))
    stroke(context, color, 3)
  })
}

function drawLandmarks(face: ShownFace, shot: Shot, context: CanvasRenderingContext2D): void {
  const project = projection(face.placement.fromCamera, shot, context)
  const { landmarks } = face
  for (let i = 0; i < face.landmarkCount; i++) {
    context.beginPath()
    context.arc(
      ...project(landmarks[i * 3]!, landmarks[i * 3 + 1]!, landmarks[i * 3 + 2]!),
      ...([3.5, 0, 2 * Math.PI] as const),
    )
    context.fillStyle = css(LANDMARK_COLORS[i]!)
    context.fill()
    stroke(context, [0.08, 0.08, 0.08], 1.5)
  }
}

/** Places in some frame to pixels of the canvas. */
function projection(
  matrix: Matrix4,
  { view }: Shot,
  { canvas }: CanvasRenderingContext2D,
): (x: number, y: number, z: number) => [number, number] {
  const { camera } = view
  const toClip = new Matrix4().multiplyMatrices(camera.projectionMatrix, view.matrix)
  toClip.multiply(matrix)
  const point = new Vector3()
  return (x, y, z) => {
    point.set(x, y, z).applyMatrix4(toClip)
    return [((point.x + 1) * canvas.width) / 2, ((1 - point.y) * canvas.height) / 2]
  }
}

function stroke(context: CanvasRenderingContext2D, color: readonly number[], width: number): void {
  context.strokeStyle = css(color)
  context.lineWidth = width
  context.stroke()
}

function css(color: readonly number[]): string {
  return `rgb(${color.map((value) => Math.round(value * 255)).join(' ')})`
}
