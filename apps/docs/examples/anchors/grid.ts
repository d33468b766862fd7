import type { ModelConfiguration } from '@retinaface/web'

/** One level's cells over an image. */
export interface Grid {
  /** In pixels of the network's input. */
  readonly stride: number
  /** Sides of a cell's anchors, in pixels of the network's input. */
  readonly sizes: readonly number[]
  /** Where an anchor's centre lies in its cell, in pixels of the network's input. */
  readonly offset: number
  /** Image pixels an input pixel. */
  readonly scale: number
  readonly rows: number
  readonly columns: number
}

/** A cell of a grid. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** The grid of a level, for an image whose long side becomes `inputSize` pixels. */
export function gridOf(
  { levels, anchorCentre }: ModelConfiguration,
  { width, height }: { readonly width: number; readonly height: number },
  inputSize: number,
  stride: number,
): Grid {
  const { sizes } = levels.find((level) => level.stride === stride)!
  const scale = Math.max(width, height) / inputSize
  return {
    stride,
    sizes,
    offset: anchorCentre.strides * stride + anchorCentre.pixels,
    scale,
    rows: Math.ceil(height / scale / stride),
    columns: Math.ceil(width / scale / stride),
  }
}

/** The cell at a point of the image. */
export function cellAt({ scale, stride }: Grid, x: number, y: number): Cell {
  return { row: Math.floor(y / scale / stride), column: Math.floor(x / scale / stride) }
}

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  '': [0, 0],
}

/** The cell that an arrow key leads to; none for other keys. */
export function moveCell({ rows, columns }: Grid, cell: Cell, key: string): Cell | undefined {
  const step = steps[key]
  if (!step) return undefined
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value))
  return {
    row: within(cell.row + step[0], rows),
    column: within(cell.column + step[1], columns),
  }
}

/** Draws the grid, one cell of it and that cell's anchors. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  screenPixel: number,
  { stride, sizes, offset, scale, rows, columns }: Grid,
  { row, column }: Cell,
): void {
  const side = stride * scale
  context.beginPath()
  for (let i = 0; i <= columns; i++) line(context, i * side, 0, i * side, rows * side)
  for (let i = 0; i <= rows; i++) line(context, 0, i * side, columns * side, i * side)
  context.lineWidth = 0.5 * screenPixel
  context.strokeStyle = 'rgb(255 255 255 / 40%)'
  context.stroke()
  context.fillStyle = 'rgb(250 204 21 / 55%)'
  context.fillRect(column * side, row * side, side, side)
  context.lineWidth = 2 * screenPixel
  context.strokeStyle = '#facc15'
  for (const size of sizes) {
    const left = (column * stride + offset - size / 2) * scale
    const top = (row * stride + offset - size / 2) * scale
    context.strokeRect(left, top, size * scale, size * scale)
  }
}

function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
}
