import type { Face } from '@retinaface/web'

/** The colours of boxes, landmarks and meshes: seen on light and dark skin, in light and shade. */
export const COLORS = { box: '#2dd4bf', landmark: '#facc15', mesh: '#ffffff' } as const

/** Draws boxes with scores, and five landmarks each. */
export function drawFaces(
  context: CanvasRenderingContext2D,
  screenPixel: number,
  faces: readonly Pick<Face, 'box' | 'score' | 'landmarks'>[],
): void {
  for (const { box, score, landmarks } of faces) {
    const [x1, y1, x2, y2] = box
    context.lineWidth = 2 * screenPixel
    context.strokeStyle = COLORS.box
    context.strokeRect(x1, y1, x2 - x1, y2 - y1)
    drawPoints(context, 2.5 * screenPixel, landmarks)
    if ((x2 - x1) / screenPixel > 36) drawLabel(context, screenPixel, score.toFixed(2), x1, y1)
  }
}

/** Draws dots. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  radius: number,
  points: readonly (readonly [number, number])[],
): void {
  context.fillStyle = COLORS.landmark
  for (const [x, y] of points) {
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fill()
  }
}

/** Draws the edges of a mesh as fine lines. */
export function drawMesh(
  context: CanvasRenderingContext2D,
  screenPixel: number,
  { positions, triangles }: { readonly positions: Float32Array; readonly triangles: Int32Array },
): void {
  context.beginPath()
  for (let i = 0; i < triangles.length; i += 3) {
    for (let k = 0; k < 3; k++) {
      const from = triangles[i + k]! * 3
      const to = triangles[i + ((k + 1) % 3)]! * 3
      // Each inner edge belongs to two triangles; one of them draws it.
      if (from > to) continue
      context.moveTo(positions[from]!, positions[from + 1]!)
      context.lineTo(positions[to]!, positions[to + 1]!)
    }
  }
  context.lineWidth = 0.6 * screenPixel
  context.strokeStyle = COLORS.mesh
  context.globalAlpha = 0.55
  context.stroke()
  context.globalAlpha = 1
}

function drawLabel(
  context: CanvasRenderingContext2D,
  screenPixel: number,
  text: string,
  x: number,
  y: number,
): void {
  const size = 13 * screenPixel
  context.font = `600 ${size}px system-ui, sans-serif`
  const width = context.measureText(text).width + size * 0.6
  context.fillStyle = COLORS.box
  context.fillRect(x - screenPixel, y - size * 1.35, width, size * 1.35)
  context.fillStyle = '#042f2e'
  context.fillText(text, x + size * 0.25, y - size * 0.32)
}
