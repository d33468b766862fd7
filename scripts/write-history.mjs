// Writes the size and speed of this version into benchmarks/history.md: a row for each release, of
// which an earlier one of the same version is replaced. Build the packages first; times are those of
// the last `npm run bench`, which is to run on an idle machine.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { packAll } from './pack.mjs'
import { readManifest } from './packages.mjs'
import { root } from './setup.mjs'

const file = join(root, 'benchmarks/history.md')
const { version } = readManifest('packages/core')
const before = readFileSync(file, 'utf8')
const others = before.trimEnd().split('\n')
const row = `| ${[version, ...packedSizes(), ...bundleSizes(), ...times()].join(' | ')} |`
const kept = others.filter((line) => !line.startsWith(`| ${version} |`))
writeFileSync(file, `${[...kept, row].join('\n')}\n`)

/** What npm fetches of the packages for Node.js and the browser, and of all packages, in MB. */
function packedSizes() {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-packed-'))
  const sizes = packAll(folder).map((path) => ({
    name: basename(path).replace(/^retinaface-(.+)-\d.*$/, '$1'),
    bytes: statSync(path).size,
  }))
  rmSync(folder, { recursive: true })
  const sum = (names) =>
    sizes
      .filter(({ name }) => names === undefined || names.includes(name))
      .reduce((total, { bytes }) => total + bytes, 0)
  const shared = ['core', 'mesh-decoder', 'models']
  return [sum([...shared, 'node']), sum([...shared, 'web']), sum()].map((bytes) =>
    (bytes / 1e6).toFixed(2),
  )
}

/** Code of a page that detects, and that makes meshes too, compressed, in kB. */
function bundleSizes() {
  const text = execFileSync('npx', ['size-limit', '--json'], { cwd: root, encoding: 'utf8' })
  const sizes = JSON.parse(text)
  return ['web page, detection', 'web page with meshes'].map((wanted) => {
    const { size } = sizes.find(({ name }) => name === wanted)
    return (size / 1000).toFixed(1)
  })
}

/** Median milliseconds from file to faces, and where and when they were measured. */
function times() {
  const path = join(root, 'benchmarks/results/benchmarks.json')
  const benchmarks = JSON.parse(readFileSync(path, 'utf8'))
  const find = (id) => benchmarks.find((benchmark) => benchmark.id === id)
  const median = (id, name) => {
    const { wall } = find(id).outcome.results.find((result) => result.name === name)
    return wall[1].toPrecision(3)
  }
  const { date, processor, node, commit } = find('node-640').environment
  return [
    median('node-640', '@retinaface/node'),
    median('node-640', '@retinaface/node, int8'),
    median('web-640', '@retinaface/web'),
    `${date.slice(0, 10)}, ${commit}, ${processor}, Node.js ${node}`,
  ]
}
