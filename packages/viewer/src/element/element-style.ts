const STYLE = `
:host { display: block; position: relative; block-size: 24rem; }
:host([hidden]) { display: none; }
[part='stage'] { position: absolute; inset: 0; }
[part='notice'] {
  position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none;
}
[part='notice'] ::slotted(*) { pointer-events: auto; }
[part='notice'][hidden] { display: none; }
`

/** The element's style as a sheet of its own, which a strict Content-Security-Policy allows. */
export function adoptStyle(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
}
