import { createHash } from 'node:crypto'

/** What a page needs from its server to share memory between threads. */
export const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/**
 * The policy that the built site keeps to: nothing from elsewhere, and no script but its own files and
 * the two inline ones that VitePress writes. The theme writes styles into its pages. The playground makes
 * `blob:` addresses of the code that its visitor writes, and its worker imports them.
 */
export function contentSecurityPolicy(pages: Iterable<string>): string {
  const hashes = [...inlineScripts(pages)].map((script) => {
    return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
  })
  return [
    "default-src 'none'",
    `script-src 'self' blob: 'wasm-unsafe-eval' ${hashes.toSorted().join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The `_headers` file of Netlify, Cloudflare Pages and others. */
export function headersFile(policy: string): string {
  return `/*
${lines({
  ...ISOLATION,
  'Content-Security-Policy': policy,
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})}
/assets/*
${lines({ 'Cache-Control': 'public, max-age=31536000, immutable' })}
/assets/*.mjs
${lines({ 'Content-Type': 'text/javascript' })}
/sw.js
${lines({ 'Cache-Control': 'no-cache' })}
`
}

function inlineScripts(pages: Iterable<string>): Set<string> {
  const scripts = new Set<string>()
  for (const html of pages) {
    for (const [, script] of html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)) {
      scripts.add(script!)
    }
  }
  return scripts
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}`)
    .join('\n')
}
