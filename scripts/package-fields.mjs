// What every published package says of itself: where it comes from, what it needs, how it is found.
// The address stands in the package.json of the root, and `--update` copies it to the others.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { packages, readManifest } from './packages.mjs'
import { root } from './setup.mjs'

const { repository, homepage, bugs, engines, license } = readManifest('.')
const peerRange = 'workspace:>=0.0.0 <1'
const update = process.argv.includes('--update')
if (update) for (const { folder } of packages) write(folder)
const faults = packages.flatMap(({ folder }) => faultsOf(folder, readManifest(folder)))
for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0

/** The fields that follow from the root's. */
function expected(folder) {
  return {
    license,
    homepage: homepage.replace('#', `/tree/main/${folder}#`),
    repository: { ...repository, directory: folder },
    bugs,
    engines,
  }
}

function faultsOf(folder, manifest) {
  const wrong = Object.entries(expected(folder))
    .filter(([field, value]) => !isDeepStrictEqual(manifest[field], value))
    .map(([field]) => `${field} is not as the root's: node scripts/package-fields.mjs --update`)
  if (!manifest.keywords?.includes('retinaface') || manifest.keywords.length < 4) {
    wrong.push('keywords: expected "retinaface" and three more')
  }
  if (!manifest.description) wrong.push('description: expected a sentence')
  if (manifest.publishConfig?.access !== 'public') wrong.push('publishConfig.access: not public')
  for (const [name, range] of Object.entries(manifest.peerDependencies ?? {})) {
    // A release would leave an exact version, and Changesets then makes it a major one.
    if (name.startsWith('@retinaface/') && range !== peerRange) {
      wrong.push(`peerDependencies: expected ${name} to be "${peerRange}", received "${range}"`)
    }
  }
  return wrong.map((fault) => `${folder}/package.json: ${fault}`)
}

function write(folder) {
  const file = join(root, folder, 'package.json')
  const { name, version, description, keywords, ...rest } = JSON.parse(readFileSync(file, 'utf8'))
  const first = { name, version, description, keywords, ...expected(folder) }
  writeFileSync(file, `${JSON.stringify({ ...first, ...rest, ...expected(folder) }, null, 2)}\n`)
}
