import sharp from 'sharp'

/** More faces are left out: a sheet is for looking at. */
export const mostOnSheet = 200

const [columns, side, gap] = [10, 112, 4]

/**
 * Small square pictures side by side, row by row, as a JPEG.
 *
 * @param pictures encoded, each of 112 × 112 pixels; of more than {@link mostOnSheet} the first
 */
export function contactSheet(pictures: readonly Buffer[]): Promise<Buffer> {
  const shown = pictures.slice(0, mostOnSheet)
  const across = Math.min(columns, shown.length)
  const down = Math.ceil(shown.length / columns)
  const length = (count: number) => count * (side + gap) + gap
  const size = { width: length(across), height: length(down) }
  const at = (index: number) => length(index)
  return sharp({ create: { ...size, channels: 3, background: '#fff' } })
    .composite(
      shown.map((input, i) => ({
        input,
        left: at(i % columns),
        top: at(Math.floor(i / columns)),
      })),
    )
    .jpeg({ quality: 90 })
    .toBuffer()
}
