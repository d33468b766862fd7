import type { Face, FaceMesh, PixelImage } from '@retinaface/core'
import type { Sharp } from 'sharp'
import { digitsWidth, drawDigits } from './draw-digits.ts'
import { wireframePath } from './draw-wireframe.ts'
import { toSharp } from './encode-picture.ts'

const boxColour = '#2ef2c2'
// Right eye, left eye, nose, right and left mouth corner.
const pointColours = ['#4fc3ff', '#4fc3ff', '#ffe14a', '#ff6bb5', '#ff6bb5']
const casing = '#06251f'
const wireColour = '#c8fff2'

/** Draws boxes, five points, scores and, where there are any, meshes on a picture. */
export function annotatePicture(image: PixelImage, faces: readonly Face[]): Sharp {
  if (faces.length === 0) return toSharp(image)
  const overlay = Buffer.from(drawFaces(image, faces))
  // Grey pictures get colours.
  const coloured = image.channels === 1 ? toSharp(image).toColourspace('srgb') : toSharp(image)
  return coloured.composite([{ input: overlay, top: 0, left: 0, limitInputPixels: false }])
}

/** The drawing as an SVG document of the picture's size. */
export function drawFaces(
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  faces: readonly Face[],
): string {
  const unit = Math.max(1, Math.max(width, height) / 800)
  // The best face is drawn last, on top.
  const drawn = faces.map((face) => drawFace(face, unit, width)).reverse()
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn.join('\n')}</svg>`
}

function drawFace(
  { box, landmarks, score, mesh }: Face,
  unit: number,
  pictureWidth: number,
): string {
  const [x1, y1, x2, y2] = box
  const side = Math.min(x2 - x1, y2 - y1)
  // Small faces get finer lines, so that they stay visible.
  const line = unit * Math.min(2, Math.max(1, side / (unit * 24)))
  const place = `x="${fixed(x1)}" y="${fixed(y1)}" width="${fixed(x2 - x1)}" height="${fixed(y2 - y1)}" rx="${fixed(line * 1.5)}" fill="none"`
  const radius = Math.max(unit * 0.8, Math.min(line * 1.5, side / 20))
  return [
    mesh ? drawMesh(mesh, side) : '',
    `<rect ${place} stroke="${casing}" stroke-opacity="0.55" stroke-width="${fixed(line * 1.9)}"/>`,
    `<rect ${place} stroke="${boxColour}" stroke-width="${fixed(line)}"/>`,
    ...landmarks.map(
      ([x, y], i) =>
        `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${fixed(radius)}" fill="${pointColours[i]}" stroke="${casing}" stroke-opacity="0.7" stroke-width="${fixed(radius * 0.4)}"/>`,
    ),
    drawScore(score.toFixed(2), x1 - line / 2, y1 - line / 2, textHeight(side, unit), pictureWidth),
  ].join('')
}

/** Lines so fine that the face is still seen through them. */
function drawMesh(mesh: FaceMesh, side: number): string {
  const width = Math.max(0.3, side / 280)
  return `<path d="${wireframePath(mesh)}" fill="none" stroke="${wireColour}" stroke-opacity="0.75" stroke-width="${fixed(width)}" stroke-linecap="round"/>`
}

function textHeight(side: number, unit: number): number {
  return Math.min(unit * 11, Math.max(unit * 5.5, side * 0.12))
}

/** A label on the box's top edge, or below it where the picture ends. */
function drawScore(
  text: string,
  x: number,
  boxTop: number,
  height: number,
  pictureWidth: number,
): string {
  const padding = height * 0.45
  const labelHeight = height + 2 * padding
  const top = boxTop - labelHeight >= 0 ? boxTop - labelHeight : Math.max(0, boxTop)
  const width = digitsWidth(text, height) + 2 * padding
  const left = Math.max(0, Math.min(x, pictureWidth - width))
  const plate = `<rect x="${fixed(left)}" y="${fixed(top)}" width="${fixed(width)}" height="${fixed(labelHeight)}" rx="${fixed(padding * 0.6)}" fill="${boxColour}" fill-opacity="0.92"/>`
  return plate + drawDigits(text, left + padding, top + padding, height)
}

function fixed(value: number): string {
  return value.toFixed(2)
}
