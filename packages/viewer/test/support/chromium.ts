/** How the tests start Debian's Chromium: WebGL in software, nothing that would reach out by itself. */
export const CHROMIUM: { executablePath: string; args: string[] } = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--enable-unsafe-swiftshader',
    '--use-angle=swiftshader',
    // Leaks are looked for after a collection.
    '--js-flags=--expose-gc',
    '--enable-precise-memory-info',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
