/** Lines over one axis. */
export interface Panel {
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly values: readonly number[] }[]
}

const [width, left, right] = [1080, 70, 24]
const [firstTop, panelHeight, gap] = [96, 200, 74]
// Colours that stay apart for colour-blind readers (Okabe and Ito).
const colours = ['#0072b2', '#56b4e9', '#009e73', '#d55e00', '#8a8f98', '#cc79a7']

/**
 * Draws panels below one another as an SVG document, each from 0 to its largest value, with one legend.
 *
 * @param degrees of every value, ascending
 */
export function drawLines(
  title: string,
  degrees: readonly number[],
  panels: readonly Panel[],
): string {
  const height = firstTop + panels.length * (panelHeight + gap)
  const labels = panels[0]!.lines.map(({ label }) => label)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#333" role="img">`,
    `<title>${title}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="24" y="34" font-size="18" font-weight="bold">${title}</text>`,
    ...labels.map((label, i) => {
      const x = 24 + (i * (width - 48)) / labels.length
      return `<path d="M${x} 54h22" stroke="${colours[i]}" stroke-width="3"/><text x="${x + 28}" y="58.5">${label}</text>`
    }),
    ...panels.map((panel, i) => drawPanel(panel, degrees, firstTop + i * (panelHeight + gap))),
    '</svg>\n',
  ].join('\n')
}

function drawPanel({ title, lines }: Panel, degrees: readonly number[], top: number): string {
  const most = Math.max(...lines.flatMap(({ values }) => values))
  const last = degrees.at(-1)!
  const toX = (value: number) => left + ((width - left - right) * value) / last
  const toY = (value: number) => top + panelHeight * (1 - value / most)
  const bottom = top + panelHeight
  return [
    `<text x="24" y="${top - 10}" font-weight="bold">${title}</text>`,
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => {
      const y = toY(share * most)
      return `<path d="M${left} ${y}H${width - right}" stroke="#e3e3e3"/><text x="${left - 8}" y="${y + 4.5}" text-anchor="end">${(share * most).toFixed(most < 10 ? 1 : 0)}</text>`
    }),
    ...degrees
      .filter((value) => value % 30 === 0)
      .map(
        (value) =>
          `<text x="${toX(value)}" y="${bottom + 20}" text-anchor="middle">${value}°</text>`,
      ),
    ...lines.map(({ values }, i) => {
      const points = values.map(
        (value, j) => `${toX(degrees[j]!).toFixed(1)},${toY(value).toFixed(1)}`,
      )
      return `<polyline points="${points.join(' ')}" fill="none" stroke="${colours[i]}" stroke-width="2.5" stroke-linejoin="round"/>`
    }),
  ].join('\n')
}
