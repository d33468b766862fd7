import { shortenMessage } from '@retinaface/core/platform'

/** The code and message of any error, as results state it: short, and without a path that nobody gave. */
export function describeError(error: unknown): { code: string; message: string } {
  const message = shortenMessage(error instanceof Error ? withoutPath(error) : String(error))
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED'
  return { code, message }
}

/** The system's errors end in a path, which need not be the one that the user gave. */
function withoutPath(error: Error): string {
  return 'syscall' in error ? error.message.split(`, ${error.syscall}`)[0]! : error.message
}
