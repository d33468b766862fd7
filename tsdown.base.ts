import { defineConfig, type UserConfig } from 'tsdown'

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
    publint: true,
    attw: { profile: 'esm-only', level: 'error' },
  })
}
