/** Red, green, blue and white quarters, 24×16: every orientation looks different. */
export function drawQuarters(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = 24
  canvas.height = 16
  const context = canvas.getContext('2d')!
  const colours = ['#f00', '#0f0', '#00f', '#fff']
  for (const [i, colour] of colours.entries()) {
    context.fillStyle = colour
    context.fillRect((i % 2) * 12, Math.floor(i / 2) * 8, 12, 8)
  }
  return canvas
}

/** The colours of the quarters of a picture, as they lie. */
export function quartersOf(image: {
  readonly data: ArrayLike<number>
  readonly width: number
  readonly height: number
}): string {
  const { data, width, height } = image
  const names = [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width))
      return nameColour(data[at]!, data[at + 1]!, data[at + 2]!)
    }),
  )
  return `${width}×${height} ${names.join(' ')}`
}

function nameColour(...rgb: [number, number, number]): string {
  const bright = rgb.map((sample) => (sample > 128 ? 1 : 0)).join('')
  return { '100': 'red', '010': 'green', '001': 'blue', '111': 'white' }[bright] ?? 'other'
}

/** A picture as a file of the given type. */
export function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), type, 1))
}

/** Says in a JPEG's EXIF segment how it is to be turned. */
export async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation]
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0, 0, 0]
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif]
  return new Blob([jpeg.slice(0, 2), new Uint8Array(segment), jpeg.slice(2)])
}
