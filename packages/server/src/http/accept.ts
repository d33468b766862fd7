import { ServerError } from '../server-error.ts'

/**
 * The type of those offered that an Accept header likes best; of equals the first offered.
 *
 * @throws {ServerError} 406 if none is acceptable
 */
export function negotiate<Type extends string>(
  header: string | undefined,
  offered: readonly Type[],
): Type {
  const ranges = (header ?? '*/*').split(',').map(parseRange)
  const rated = offered.map((type) => ({ type, quality: qualityOf(type, ranges) }))
  const best = rated.reduce((a, b) => (b.quality > a.quality ? b : a))
  if (best.quality > 0) return best.type
  throw new ServerError(406, 'NOT_ACCEPTABLE', `What is offered here: ${offered.join(', ')}.`)
}

interface Range {
  readonly type: string
  readonly quality: number
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = given === undefined ? 1 : Number(given.slice(2))
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** The quality of the range that fits a type most closely. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const wider = [type, `${type.split('/')[0]}/*`, '*/*']
  for (const wanted of wider) {
    const range = ranges.find(({ type }) => type === wanted)
    if (range) return range.quality
  }
  return 0
}
