// Strokes in a cell 4 wide and 7 high. Own digits need no fonts, which servers often lack.
const strokes: Readonly<Record<string, string>> = {
  '0': 'M1 0H3L4 1V6L3 7H1L0 6V1Z',
  '1': 'M0.6 1.4L2.4 0V7M0.6 7H4',
  '2': 'M0 1.2L1 0H3L4 1V2.4L0 7H4',
  '3': 'M0 0H4L1.8 2.8H3L4 3.8V6L3 7H1L0 6',
  '4': 'M3 7V0L0 4.8H4.2',
  '5': 'M4 0H0.4L0 3.2H3L4 4.2V6L3 7H0',
  '6': 'M3.4 0H2L0 2.6V6L1 7H3L4 6V4L3 3H0',
  '7': 'M0 0H4L1.4 7',
  '8': 'M1 0H3L4 1V2.4L3 3.3H1L0 4.4V6L1 7H3L4 6V4.4L3 3.3H1L0 2.4V1Z',
  '9': 'M0.6 7H2L4 4.4V1L3 0H1L0 1V3L1 4H4',
  '.': 'M0.2 6.6H0.9V7H0.2Z',
}

const advance = (character: string): number => (character === '.' ? 2.4 : 6)

/** How wide a number is drawn at a height. */
export function digitsWidth(text: string, height: number): number {
  const units = [...text].reduce((sum, character) => sum + advance(character), -2)
  return (units * height) / 7
}

/** A number as SVG strokes, `(x, y)` being its top left corner. */
export function drawDigits(text: string, x: number, y: number, height: number): string {
  const scale = height / 7
  let left = 0
  const paths = [...text].map((character) => {
    const path = `<path transform="translate(${left} 0)" d="${strokes[character] ?? ''}"/>`
    left += advance(character)
    return path
  })
  const place = `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`
  return `<g transform="${place}" fill="none" stroke="#06251f" stroke-width="1.05" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`
}
