/** A plain reader of RFC 4180, to check the writer against. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (quoted && character === '"' && text[i + 1] === '"') {
      field += '"'
      i += 1
    } else if (character === '"') {
      quoted = !quoted
    } else if (!quoted && (character === ',' || character === '\n')) {
      rows.at(-1)!.push(field)
      field = ''
      if (character === '\n') rows.push([])
    } else {
      field += character
    }
  }
  return rows.slice(0, -1)
}
