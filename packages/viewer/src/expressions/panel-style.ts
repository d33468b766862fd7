const STYLE = `
:host { display: block; font: inherit; color: inherit; }
:host([hidden]) { display: none; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block-end: 0.5rem; }
button {
  min-block-size: 2.75rem; padding-inline: 1rem; border: 1px solid color-mix(in srgb, currentColor 40%, transparent);
  border-radius: 0.5rem; background: color-mix(in srgb, currentColor 6%, transparent);
  color: inherit; font: inherit; cursor: pointer;
}
button:hover { background: color-mix(in srgb, currentColor 14%, transparent); }
details { border-block-start: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
summary { padding-block: 0.65rem; font-weight: 600; cursor: pointer; }
[role='group'] {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
  column-gap: 1.5rem; padding-block-end: 0.5rem;
}
label {
  display: grid; grid-template-columns: minmax(8.5rem, 2fr) 3fr 2.5rem; gap: 0.6rem;
  align-items: center; min-block-size: 2rem; font-size: 0.875rem;
}
input { min-inline-size: 0; margin: 0; accent-color: var(--expression-accent, #0d9488); cursor: pointer; }
output { text-align: end; font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid var(--expression-accent, #0d9488); outline-offset: 2px; border-radius: 0.25rem; }
`

/** The panel's style as a sheet of its own, which a strict Content-Security-Policy allows. */
export function adoptPanelStyle(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
}
