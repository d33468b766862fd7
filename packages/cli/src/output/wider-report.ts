import { drawCurves, WIDER_DIFFICULTIES, type WiderResult } from '@retinaface/evaluation'
import sharp from 'sharp'
import { CliError, OutputError } from '../cli-error.ts'
import { createFile, statIfThere } from '../files/regular-file.ts'

/** The three average precisions, 0..1, and how many pictures they are over. */
export function toAveragePrecisions(result: WiderResult): Record<string, number> {
  const precisions = WIDER_DIFFICULTIES.map((difficulty) => {
    return [difficulty, Math.round(result[difficulty].averagePrecision * 1e6) / 1e6] as const
  })
  return { ...Object.fromEntries(precisions), images: result.images }
}

/** The same for reading. */
export function toWiderTable(result: WiderResult): string {
  const rows = WIDER_DIFFICULTIES.map((difficulty) => {
    return `${difficulty.padEnd(8)}${result[difficulty].averagePrecision.toFixed(4)}`
  })
  return [...rows, `${'images'.padEnd(8)}${result.images}`].join('\n')
}

/** @throws {CliError} if there is no writing curves to a file: it is there, or of another kind */
export async function expectCurvesFile(file: string): Promise<void> {
  if (!/\.(?:svg|png)$/i.test(file)) {
    throw new CliError('USAGE', '--curves needs a file name that ends in .svg or .png.')
  }
  if (!(await statIfThere(file))) return
  throw new CliError('OUTPUT', `${JSON.stringify(file)} is there already. Name another file.`)
}

/** Draws the three precision-recall curves into an .svg or .png file that is not there yet. */
export async function writeWiderCurves(file: string, result: WiderResult): Promise<void> {
  const curves = WIDER_DIFFICULTIES.map((difficulty) => {
    const { averagePrecision, recall, precision } = result[difficulty]
    return { label: `${difficulty}  ${averagePrecision.toFixed(4)}`, recall, precision }
  })
  const svg = Buffer.from(drawCurves(`WIDER FACE, ${result.images} pictures`, curves))
  const isPng = file.toLowerCase().endsWith('.png')
  try {
    await createFile(file, isPng ? await sharp(svg, { density: 144 }).png().toBuffer() : svg)
  } catch (error) {
    throw new OutputError(JSON.stringify(file), error)
  }
}
