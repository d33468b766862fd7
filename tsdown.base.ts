import { defineConfig, type Rolldown, type UserConfig } from 'tsdown'

/** How every package is built: ES modules with types, checked as a user would resolve them. */
export function library(platform: 'neutral' | 'node', entry = 'src/index.ts'): UserConfig {
  return defineConfig({
    entry: [entry],
    format: 'esm',
    platform,
    target: 'es2023',
    fixedExtension: false,
    dts: true,
    sourcemap: true,
    plugins: [tidyDeclarations],
    publint: true,
    attw: { profile: 'esm-only', level: 'error' },
  })
}

const disposableLibrary = '/// <reference lib="esnext.disposable" />\n'

/**
 * Source maps are made for code only; the comment that names one is put under declarations too. What
 * sources say of the library that they need, declarations say no more. And typed arrays have a type
 * parameter from TypeScript 5.7 on only.
 */
const tidyDeclarations: Rolldown.Plugin = {
  name: 'tidy-declarations',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || !file.fileName.endsWith('.d.ts')) continue
      const code = file.code
        .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
        .replaceAll('Uint8Array<ArrayBuffer>', 'Uint8Array')
      const library = /Symbol\.(asyncD|d)ispose/.test(code) ? disposableLibrary : ''
      file.code = library + code
    }
  },
}
