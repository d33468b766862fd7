import type { Spread } from '../support/interleave.ts'
import type { Bar, Bars } from './to-bars.ts'

const width = 1080
const [left, right] = [400, 720]
const top = 100
// What fits beside each other in this font.
const lineLength = 150
const rowHeight = 30
// Colours that stay apart for colour-blind readers (Okabe and Ito).
const colours = { ours: '#0072b2', others: '#8a8f98' }

/** Draws bars with whiskers from the 10th to the 90th percentile as an SVG document. */
export function drawBars(title: string, how: string, { unit, bars }: Bars): string {
  const [low, high] = rangeOf(bars)
  const toX = (value: number) =>
    left + ((right - left) * Math.log(value / low)) / Math.log(high / low)
  const bottom = top + bars.length * rowHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 60}" width="${width}" height="${bottom + 60}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#333" role="img">`,
    `<title>${escapeText(title)}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="24" y="34" font-size="18" font-weight="bold">${escapeText(title)}</text>`,
    ...wrap(how).map(
      (line, i) => `<text x="24" y="${56 + 17 * i}" fill="#666">${escapeText(line)}</text>`,
    ),
    ...ticksIn(low, high).map((tick) => drawTick(tick, toX(tick), bottom)),
    ...bars.map((bar, i) => drawBar(bar, top + i * rowHeight, toX)),
    `<text x="${(left + right) / 2}" y="${bottom + 44}" text-anchor="middle" fill="#666">${escapeText(unit)}</text>`,
    '</svg>\n',
  ].join('\n')
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && longer.length <= lineLength) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

function drawBar({ label, value, text, ours }: Bar, y: number, toX: (value: number) => number) {
  const [from, to, until] = value.map(toX) as unknown as Spread
  const middle = y + rowHeight / 2
  const colour = ours ? colours.ours : colours.others
  return [
    `<text x="${left - 12}" y="${middle + 4.5}" text-anchor="end"${ours ? ' font-weight="bold"' : ''}>${escapeText(label)}</text>`,
    `<rect x="${left}" y="${y + 6}" width="${round(to - left)}" height="${rowHeight - 12}" fill="${colour}"/>`,
    `<path d="M${round(from)} ${middle}H${round(until)}M${round(from)} ${middle - 4}v8M${round(until)} ${middle - 4}v8" stroke="#222" stroke-width="1.5" fill="none"/>`,
    `<text x="${round(Math.max(to, until) + 10)}" y="${middle + 4.5}">${escapeText(text)}</text>`,
  ].join('')
}

function drawTick(tick: number, x: number, bottom: number): string {
  const colour = tick === 1 ? '#777' : '#e3e3e3'
  return `<path d="M${round(x)} ${top}V${bottom}" stroke="${colour}"/><text x="${round(x)}" y="${bottom + 20}" text-anchor="middle">${tick}</text>`
}

/** From a power of ten, or its half or fifth, below all to one above all. */
function rangeOf(bars: readonly Bar[]): [number, number] {
  const values = bars.flatMap(({ value }) => value)
  const low = Math.min(...values) * 0.8
  const high = Math.max(...values, 1)
  const steps = stepsFrom(-4, 5)
  return [steps.findLast((step) => step <= low)!, steps.find((step) => step >= high)!]
}

function ticksIn(low: number, high: number): number[] {
  const steps = stepsFrom(-4, 5).filter((step) => step >= low && step <= high)
  return steps.length <= 8
    ? steps
    : steps.filter((step) => Number.isInteger(Math.log10(step)) || step === low || step === high)
}

function stepsFrom(lowest: number, highest: number): number[] {
  const decades = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i)
  return decades.flatMap((decade) => [1, 2, 5].map((step) => Number(`${step}e${decade}`)))
}

function round(value: number): string {
  return value.toFixed(1)
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
