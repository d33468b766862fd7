import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { readManifest } from '../packages.mjs'
import { root } from '../setup.mjs'

const silence = {
  DO_NOT_TRACK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  YARN_ENABLE_TELEMETRY: '0',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
}

/** What the programs of a project print: the faces here, the numbers of a mesh, the faces in a worker. */
export const found = '5 5499 5'

const body = `
  const here = await createRetinaFace()
  const faces = await here.detect('photo.jpg', { mesh: true })
  await here.dispose()
  const away = await createWorkerRetinaFace()
  const others = await away.detect('photo.jpg')
  await away.dispose()
  console.log(faces.length, faces[0].mesh.positions.length, others.length)
`

/**
 * A project that depends on the packed packages, with a photograph and a program in both module
 * formats: find.mjs and find.cjs.
 */
export function createProject(folder, tarballs, names, others = {}) {
  mkdirSync(folder, { recursive: true })
  const files = Object.fromEntries(
    tarballs.map((file) => {
      const [, name] = /retinaface-(.+)-\d+\.\d+\.\d+\.tgz$/.exec(basename(file))
      return [`@retinaface/${name}`, `file:${file}`]
    }),
  )
  const own = Object.fromEntries(names.map((name) => [name, files[name]]))
  const manifest = {
    name: 'trial',
    private: true,
    dependencies: { ...own, ...others },
    // Packages that depend on one another take these too, each manager in its own words.
    overrides: files,
    resolutions: files,
    pnpm: { overrides: files },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  const require = createRequire(join(root, 'packages/cli/package.json'))
  const pictures = dirname(require.resolve('@vladmandic/face-api/package.json'))
  cpSync(join(pictures, 'demo/sample5.jpg'), join(folder, 'photo.jpg'))
  const doors = '{ createRetinaFace, createWorkerRetinaFace }'
  writeFileSync(join(folder, 'find.mjs'), `import ${doors} from '@retinaface/node'\n${body}`)
  const cjs = `const ${doors} = require('@retinaface/node')\nvoid (async () => {${body}})()\n`
  writeFileSync(join(folder, 'find.cjs'), cjs)
}

/** Runs a command in a folder and returns what it printed; an error holds the end of what it said. */
export function run(folder, [command, ...args], options = {}) {
  const env = { ...process.env, ...silence, ...options.env }
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    timeout: 600_000,
    maxBuffer: 2 ** 26,
    encoding: 'utf8',
    ...options,
    cwd: folder,
    env,
  })
  if (error) throw error
  if (status === 0) return stdout
  const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n  ')
  throw new Error(`${[command, ...args].join(' ')} ended with ${status}:\n  ${end}`)
}

export function expectOutput(output, expected) {
  if (output.trim() !== expected) throw new Error(`expected "${expected}", got "${output.trim()}"`)
}

/** Runs a version of a package's command, fetched by npx. */
export function fetched(spec, ...args) {
  return ['npx', '--yes', spec, ...args]
}

export const { packageManager } = readManifest('.')

/** The answer of a server that may not listen yet. */
export async function ask(url, request) {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(url, request)
      return await response.text()
    } catch (error) {
      if (attempt === 60) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
}

/** Does `action` while a program of Node.js runs in a folder. */
export async function withServer(folder, args, action, env = {}) {
  const options = { cwd: folder, stdio: 'ignore', env: { ...process.env, ...silence, ...env } }
  const server = spawn('node', args, options)
  const ended = once(server, 'exit')
  try {
    await action()
  } finally {
    server.kill()
    await ended
  }
}

export async function freePort() {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}
