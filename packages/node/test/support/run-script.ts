import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

/** Runs a script of this folder on the sources, in a process of its own, and gives what it printed. */
export function runScript(name: string, ...args: string[]): string {
  return run(['--conditions=@retinaface/source'], name, args)
}

/** As {@link runScript}, on the built packages. */
export function runScriptOnBuild(name: string, ...args: string[]): string {
  return run([], name, args)
}

function run(options: string[], name: string, args: string[]): string {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, '--import', 'tsx', script, ...args],
    { encoding: 'utf8', maxBuffer: 1e9, timeout: 500_000 },
  )
  expect(status, stderr).toBe(0)
  return stdout
}
