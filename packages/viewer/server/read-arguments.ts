import { parseArgs } from 'node:util'

/** What the command was asked for. */
export interface ServeArguments {
  /** Undefined for the usual port, or any if that is taken. */
  readonly port: number | undefined
  readonly open: boolean
  readonly help: boolean
}

/** What `--help` prints. */
export const HELP = `Usage: retinaface-viewer [options]

Serves the face viewer to this machine alone. Pictures stay in the page.

Options:
  --port <number>  listen here (default: 8460, or any free port if that is taken)
  --open           open the page in the browser
  --help           print this
`

/** @throws {TypeError} saying which argument is wrong. */
export function readArguments(args: readonly string[]): ServeArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      open: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  return { port: readPort(values.port), open: values.open, help: values.help }
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text)
  throw new TypeError(`Expected a number from 0 to 65535 for --port but received "${text}".`)
}
