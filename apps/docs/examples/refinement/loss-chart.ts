import { svgElement } from '../kit/svg-element.ts'

const [width, height, edge] = [640, 120, 8]

/** A line of the differences after each step. */
export function lossChart(parent: HTMLElement): { show(losses: readonly number[]): void } {
  const line = svgElement('polyline', { class: 'example-line' })
  const dots = svgElement('g', { class: 'example-dots' })
  const viewBox = `0 0 ${width} ${height}`
  const attributes = { viewBox, class: 'example-chart', role: 'img', 'aria-label': 'No step yet' }
  const chart = svgElement('svg', attributes, [line, dots])
  parent.append(chart)
  return {
    show: (losses) => {
      const most = Math.max(...losses)
      const points = losses.map((loss, i) => [
        edge + ((width - 2 * edge) * i) / Math.max(1, losses.length - 1),
        height - edge - (height - 2 * edge) * (loss / most),
      ])
      line.setAttribute('points', points.map((point) => point.join()).join(' '))
      dots.replaceChildren(
        ...points.map(([x, y]) => svgElement('circle', { cx: `${x}`, cy: `${y}`, r: '4' })),
      )
      const values = losses.map((loss) => loss.toFixed(3)).join(', ')
      chart.setAttribute('aria-label', `Difference after each step: ${values}`)
    },
  }
}
