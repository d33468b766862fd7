const longest = 600

/**
 * A message of a few hundred characters at most: of a longer one, which may hold a name or another
 * library's words of any length, the middle goes.
 */
export function shortenMessage(message: string): string {
  if (message.length <= longest) return message
  return `${message.slice(0, longest / 2)} […] ${message.slice(-longest / 4)}`
}
