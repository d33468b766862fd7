import { EvaluationError } from '../evaluation-error.ts'
import { drawAxes, plot, toX, toY } from './draw-axes.ts'
import { escapeText } from './escape-text.ts'

/** A curve of precision over recall. */
export interface Curve {
  /** Stands in the legend. */
  readonly label: string
  /** 0..1, as long as `precision`. */
  readonly recall: ArrayLike<number>
  /** 0..1. */
  readonly precision: ArrayLike<number>
}

// Colours that stay apart for colour-blind readers (Okabe and Ito).
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const
const legendRow = 24

/**
 * Draws precision-recall curves as an SVG document of 720×560 pixels.
 *
 * Points at which nothing is proposed yet (recall 0) are left out.
 *
 * @throws {EvaluationError} if there are more curves than colours, or a curve's lists differ in length.
 */
export function drawCurves(title: string, curves: readonly Curve[]): string {
  if (curves.length > colours.length) {
    throw new EvaluationError(
      `Expected at most ${colours.length} curves in a picture but received ${curves.length}.`,
    )
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${plot.width} ${plot.height}" width="${plot.width}" height="${plot.height}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#333" role="img">`,
    `<title>${escapeText(title)}: precision against recall</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${plot.left}" y="36" font-size="18" font-weight="bold">${escapeText(title)}</text>`,
    drawAxes(),
    ...curves.map((curve, i) => drawLine(curve, colours[i]!)),
    drawLegend(curves),
    '</svg>\n',
  ].join('\n')
}

function drawLine({ label, recall, precision }: Curve, colour: string): string {
  if (recall.length !== precision.length) {
    throw new EvaluationError(
      `Expected as many precisions as recalls for "${label}" but received ${precision.length} and ${recall.length}.`,
    )
  }
  const points = Array.from(recall, (value, i) => [value, precision[i]!] as const)
    .filter(([value]) => value > 0)
    .map(([x, y]) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`)
  const distinct = points.filter((point, i) => point !== points[i - 1])
  return `<polyline points="${distinct.join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`
}

function drawLegend(curves: readonly Curve[]): string {
  if (curves.length === 0) return ''
  const longest = Math.max(...curves.map(({ label }) => label.length))
  const height = curves.length * legendRow + 12
  const x = plot.left + 20
  const y = plot.bottom - 20 - height
  const rows = curves.map(({ label }, i) => {
    const middle = y + 18 + i * legendRow
    return `<line x1="${x + 12}" y1="${middle}" x2="${x + 40}" y2="${middle}" stroke="${colours[i]!}" stroke-width="3"/><text x="${x + 50}" y="${middle + 4.5}">${escapeText(label)}</text>`
  })
  return `<rect x="${x}" y="${y}" width="${66 + 7.4 * longest}" height="${height}" rx="4" fill="#fff" fill-opacity="0.92" stroke="#ccc"/>\n${rows.join('\n')}`
}
