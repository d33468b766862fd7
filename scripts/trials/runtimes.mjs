import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import { createProject, expectOutput, fetched, found, run } from './project.mjs'

const nobody = 65534

/** The installed packages in other runtimes, and in Node.js with few rights. */
export const runtimes = {
  Bun: inFolder((folder) => {
    expectOutput(run(folder, fetched('bun@1', 'run', 'find.mjs')), found)
    expectOutput(run(folder, fetched('bun@1', 'run', 'find.cjs')), found)
  }),
  Deno: inFolder((folder) => {
    const rights = ['read', 'env', 'ffi', 'sys'].map((name) => `--allow-${name}`)
    expectOutput(run(folder, fetched('deno@2', 'run', ...rights, 'find.mjs')), found)
  }),
  'permission model of Node.js': inFolder((folder) => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    const rights = [flag, `--allow-fs-read=${folder}`, '--allow-addons', '--allow-worker']
    expectOutput(run(folder, ['node', '--no-warnings', ...rights, 'find.mjs']), found)
  }),
  'bundle in a read-only folder, as nobody': inFolder(runBundle),
}

function inFolder(trial) {
  return (folder, tarballs) => {
    createProject(folder, tarballs, ['@retinaface/node'])
    run(folder, ['npm', 'install', '--no-audit', '--no-fund'])
    trial(folder)
  }
}

/** As a function of a cloud runs: one bundle, the models and native packages beside it, nothing writable. */
function runBundle(folder) {
  const task = join(folder, 'task')
  const modules = join(folder, 'node_modules')
  mkdirSync(join(task, 'models'), { recursive: true })
  symlinkSync(modules, join(task, 'node_modules'))
  const esbuild = createRequire(join(root, 'packages/node/package.json'))('esbuild')
  esbuild.buildSync({
    absWorkingDir: folder,
    entryPoints: ['find.mjs', 'node_modules/@retinaface/node/dist/detect-worker.js'],
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: 'task',
    external: ['onnxruntime-node', 'sharp'],
    logLevel: 'error',
  })
  for (const part of ['assets/generated', 'weights']) {
    const from = join(modules, '@retinaface/models', part)
    cpSync(from, join(task, 'models'), { recursive: true })
  }
  cpSync(join(folder, 'photo.jpg'), join(task, 'photo.jpg'))
  writeFileSync(join(task, 'package.json'), '{"type":"module"}')
  for (const name of readdirSync(task, { recursive: true })) {
    if (!name.startsWith('node_modules')) chmodSync(join(task, name), 0o555)
  }
  chmodSync(task, 0o555)
  const mayChange = process.getuid?.() === 0
  const identity = mayChange ? { uid: nobody, gid: nobody } : {}
  const env = {
    RETINAFACE_MODELS: join(task, 'models'),
    HOME: '/nonexistent',
    TMPDIR: '/nonexistent',
  }
  expectOutput(run(task, ['node', 'find.js'], { ...identity, env }), found)
  chmodSync(task, 0o755)
}
