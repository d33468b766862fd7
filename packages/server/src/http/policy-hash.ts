import { createHash } from 'node:crypto'

/** What lets an inline script or style of a page run under its content security policy. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
