// Refuses to publish what was not prepared: node scripts/check-release.mjs v0.1.0 https://host/owner/name
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packages, readManifest } from './packages.mjs'
import { root } from './setup.mjs'

const [tag, address] = process.argv.slice(2)
const faults = [...versionFaults(), ...addressFaults(), ...changesetFaults()]
for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0

function versionFaults() {
  return packages
    .filter(({ manifest }) => `v${manifest.version}` !== tag)
    .map(({ folder, manifest }) => `${folder} has version ${manifest.version}; the tag is ${tag}.`)
}

/** npm refuses provenance for a package whose `repository` is not where it is built. */
function addressFaults() {
  const { url } = readManifest('.').repository
  return url === `git+${address}.git`
    ? []
    : [
        `This is ${address}, but package.json names ${url} as the repository. Correct it there and run node scripts/package-fields.mjs --update.`,
      ]
}

function changesetFaults() {
  const waiting = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md'))
  if (waiting.length === 0) return []
  return [`${waiting.length} changesets wait: run npx changeset version and commit the result.`]
}
