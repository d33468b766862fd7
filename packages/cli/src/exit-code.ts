/** What the command's exit code means. */
export const EXIT_CODE = { done: 0, someFailed: 1, cannotStart: 2, interrupted: 130 } as const

/** The same for `--help`. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    everything was done
  1    some pictures failed (each is named on standard error), the others are done
  2    wrong usage, or nothing could start
  130  interrupted by Ctrl-C; what was finished is kept`
