interface Parameter {
  readonly name: string
  readonly description?: string
  readonly schema: Readonly<Record<string, unknown>>
}

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly Parameter[]
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: object }>
  >
}

/** What is shown of an OpenAPI document. */
export interface ShownDocument {
  readonly info: { readonly title: string; readonly description?: string }
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>
}

export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #14201d; --soft: #55645f; --paper: #f6f8f7; --line: #c9d4d0;
  --accent: #0b7a63; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9f1ee; --soft: #a3b3ad; --paper: #101715;
  --line: #35443f; --accent: #4fd1b0; } }
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 56rem; padding: 1.5rem 1rem 3rem; font: 1rem/1.5 system-ui, sans-serif; }
h2 { margin: 2.5rem 0 .25rem; font-size: 1.2rem; }
a { color: var(--accent); }
code { font-size: .95em; overflow-wrap: anywhere; }
div { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: .75rem; }
th code { white-space: nowrap; }
caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); }
td:last-child, p { color: var(--soft); }
`

/** An OpenAPI document as a page: each route with its options and answers. It needs no script. */
export function docsPage({ info, paths }: ShownDocument): string {
  const routes = Object.entries(paths).flatMap(([path, { post }]) =>
    post ? [section(path, post)] : [],
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)}</title><link rel="icon" href="data:,"><style>${DOCS_STYLE}</style></head>
<body><main><h1>${escapeHtml(info.title)}</h1>
<p>${escapeHtml(info.description ?? '')} The document for programs: <a href="openapi.json">openapi.json</a>.</p>
${routes.join('\n')}
</main></body></html>
`
}

function section(path: string, { summary, parameters = [], responses }: Operation): string {
  const options = parameters.map(({ name, description = '', schema }) => {
    return [
      `<code>${escapeHtml(name)}</code>`,
      escapeHtml(rangeOf(schema)),
      escapeHtml(description),
    ]
  })
  const answers = Object.entries(responses).map(([status, { description, content = {} }]) => {
    return [status, escapeHtml(Object.keys(content).join(', ')), escapeHtml(description)]
  })
  return `<section><h2>POST <code>${escapeHtml(path)}</code></h2><p>${escapeHtml(summary ?? '')}</p>
${table('Options of the query', path, options)}${table('Answers', path, answers)}</section>`
}

function table(caption: string, path: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const body = rows.map(([head, ...cells]) => {
    return `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return `<div tabindex="0" role="region" aria-label="${caption}, ${escapeHtml(path)}"><table><caption>${caption}</caption>${body.join('')}</table></div>`
}

/** What a value may be, as `number, 0 to 1`. */
function rangeOf({
  type,
  minimum,
  maximum,
  enum: choices,
  default: given,
}: Parameter['schema']): string {
  const values = Array.isArray(choices) ? choices.join(', ') : String(type)
  const low = minimum === undefined ? '' : `, from ${minimum}`
  const high = maximum === undefined ? '' : ` to ${maximum}`
  return `${values}${low}${high}${given === undefined ? '' : `; default ${given}`}`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
