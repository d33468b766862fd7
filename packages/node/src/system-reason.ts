const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path; relative paths start at the current directory.',
  EACCES: 'permission denied. Check the rights of the file and of the folders above it.',
  EPERM: 'permission denied. Check the rights of the file and of the folders above it.',
  EISDIR: 'it is a directory, not a picture.',
  ENOTDIR: 'a part of its path is not a directory.',
  ENAMETOOLONG: 'its path is too long.',
  ELOOP: 'its path goes round in symbolic links.',
  EMFILE: 'too many files are open. Read fewer pictures at a time.',
}

/** Why the system did not give a file, without the path that its own message has. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  const plain = 'syscall' in error ? error.message.split(`, ${error.syscall}`)[0]! : error.message
  return reasons[code] ?? plain
}
