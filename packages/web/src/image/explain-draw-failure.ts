/** What it means that a picture could not be drawn or read back. */
export function explainDrawFailure(error: unknown): string {
  if (error instanceof DOMException && error.name === 'SecurityError') {
    return 'it comes from another origin, so the browser hides its pixels. Serve it with CORS headers and set crossOrigin="anonymous".'
  }
  return `the browser could not draw it (${error instanceof Error ? error.message : String(error)}).`
}
