/** Size of the picture and the edges of the plotted square in it, in pixels. */
export const plot = { width: 720, height: 560, left: 72, right: 688, top: 60, bottom: 492 } as const

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]

/** Where a recall of 0..1 is drawn. */
export function toX(recall: number): number {
  return plot.left + recall * (plot.right - plot.left)
}

/** Where a precision of 0..1 is drawn. */
export function toY(precision: number): number {
  return plot.bottom - precision * (plot.bottom - plot.top)
}

/** Grid, frame, numbers and names of both axes. */
export function drawAxes(): string {
  const { left, right, top, bottom } = plot
  const centreX = (left + right) / 2
  const centreY = (top + bottom) / 2
  return [
    `<path d="${ticks.map(gridLines).join('')}" stroke="#e3e3e3" fill="none"/>`,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="#888"/>`,
    ...ticks.map(tickLabels),
    `<text x="${centreX}" y="${bottom + 46}" text-anchor="middle" font-size="15">recall</text>`,
    `<text transform="translate(${left - 46} ${centreY}) rotate(-90)" text-anchor="middle" font-size="15">precision</text>`,
  ].join('\n')
}

function gridLines(tick: number): string {
  const { left, right, top, bottom } = plot
  return `M${left} ${toY(tick).toFixed(1)}H${right}M${toX(tick).toFixed(1)} ${top}V${bottom}`
}

function tickLabels(tick: number): string {
  const text = tick.toFixed(1)
  const below = `<text x="${toX(tick).toFixed(1)}" y="${plot.bottom + 20}" text-anchor="middle">${text}</text>`
  return `${below}<text x="${plot.left - 10}" y="${(toY(tick) + 4.5).toFixed(1)}" text-anchor="end">${text}</text>`
}
