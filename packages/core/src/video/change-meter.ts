import { type PixelImage, rowStrideOf } from '../image/pixel-image.ts'

// A cell is 15 pixels of a width of 960; so many samples of its rows and columns are read.
const columns = 64
const rows = 36
const samplesOfSide = 3
// Mean difference of cells, of 255, and how many times that of the frames before it is: what pans or
// shakes differs from frame to frame without end, a cut does once.
const leastOfCut = 12
const leastRatio = 2.5
// What the frames before weigh less with each frame.
const fading = 0.7
// Of the difference that moving the picture by a cell would make.
const mostOfCell = 0.6

/** Tells how much the frames of a video differ, by their lightness. */
export class ChangeMeter {
  private cells: Float32Array = new Float32Array(0)
  private marked: Float32Array = this.cells
  /** Undefined until two frames of a shot were seen. */
  private usual: number | undefined

  /** Takes the next frame; true if it shows something else than the one before, as the first does. */
  isCut(lightness: PixelImage): boolean {
    const { cells: before, usual } = this
    this.cells = meanCells(lightness)
    if (before.length === 0) return true
    const change = difference(before, this.cells)
    const isCut = usual !== undefined && change > leastOfCut && change > leastRatio * usual
    // The difference of a cut says nothing of how the next shot moves.
    this.usual = isCut ? undefined : Math.max(fading * (usual ?? 0), change)
    return isCut
  }

  /** Marks the frame that was taken last. */
  mark(): void {
    this.marked = this.cells
  }

  /** True if the frame that was taken last moved by about ten pixels of 960 since the marked one. */
  get hasMoved(): boolean {
    if (this.marked.length === 0) return true
    return difference(this.marked, this.cells) > mostOfCell * differenceOfNeighbours(this.cells)
  }
}

function meanCells(image: PixelImage): Float32Array {
  const { data, width, height, channels } = image
  const rowStride = rowStrideOf(image)
  const green = channels === 1 ? 0 : 1
  const cells = new Float32Array(columns * rows)
  for (let y = 0; y < rows * samplesOfSide; y++) {
    const row = Math.floor(((y + 0.5) / (rows * samplesOfSide)) * height) * rowStride + green
    const first = Math.floor(y / samplesOfSide) * columns
    for (let x = 0; x < columns * samplesOfSide; x++) {
      const column = Math.floor(((x + 0.5) / (columns * samplesOfSide)) * width)
      cells[first + Math.floor(x / samplesOfSide)]! += data[row + column * channels]!
    }
  }
  return cells.map((sum) => sum / samplesOfSide ** 2)
}

function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((total, value, i) => total + Math.abs(value - b[i]!), 0) / a.length
}

/** How much cells differ from those beside them. */
function differenceOfNeighbours(cells: Float32Array): number {
  let sum = 0
  for (let i = 1; i < cells.length; i++) {
    if (i % columns > 0) sum += Math.abs(cells[i]! - cells[i - 1]!)
  }
  return sum / (rows * (columns - 1))
}
