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
    plugins: [declarationsNameNoMap],
    publint: true,
    attw: { profile: 'esm-only', level: 'error' },
  })
}

/** Source maps are made for code only; the comment that names one is put under declarations too. */
const declarationsNameNoMap: Rolldown.Plugin = {
  name: 'declarations-name-no-map',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || !file.fileName.endsWith('.d.ts')) continue
      file.code = file.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
    }
  },
}
