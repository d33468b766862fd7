interface Rule {
  readonly pattern: RegExp
  readonly headers: Record<string, string>
}

/** Reads a `_headers` file: the headers of a path, later rules adding to earlier ones. */
export function readHeaders(text: string): (path: string) => Record<string, string> {
  const rules: Rule[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('/')) rules.push({ pattern: patternOf(line.trim()), headers: {} })
    const header = /^\s+([\w-]+): (.*)$/.exec(line)
    if (header) rules.at(-1)!.headers[header[1]!] = header[2]!
  }
  return (path) =>
    Object.assign(
      {},
      ...rules.filter(({ pattern }) => pattern.test(path)).map(({ headers }) => headers),
    )
}

function patternOf(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
