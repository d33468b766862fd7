// As toJson writes entries, of all commands.
const entry = String.raw`\{"file":"(?:[^"\\]|\\.)*",(?:"width":\d+,"height":\d+,|"error":\{"code":")`
const entryStart = '{"file":"'
const ndjson = new RegExp(`^${entry}`)
const others = [
  new RegExp(`^\\[\n${entry}`),
  /^\[\]\n$/,
  /^file,width,height,face,score,x1,y1,x2,y2,/,
  /^.+ {2}(?:\d+×\d+ {2}\d+ faces?|failed: .+)(?:\n|$)/,
]

/** True if a file that begins like this holds results as lines of JSON, be it cut short. */
export function isNdjson(beginning: string): boolean {
  return ndjson.test(beginning) || isCutEntry(beginning)
}

/** The same for results in whatever format. */
export function isResult(beginning: string): boolean {
  return isNdjson(beginning) || others.some((format) => format.test(beginning))
}

/** True for the beginning of an entry that a crash cut short. */
export function isCutEntry(text: string): boolean {
  const begins = text.startsWith(entryStart) || entryStart.startsWith(text)
  return begins && !text.includes('\n') && !isJson(text)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
