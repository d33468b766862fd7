// Licences and known faults of what an installation brings along. Licences are read from what is
// installed; advisories come from the registry, and where it cannot be asked, that is said.
import { spawnSync } from 'node:child_process'
import { packageManager, root } from './setup.mjs'

// libvips, under the LGPL, is a library of its own beside sharp, and is linked when it is loaded.
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'LGPL-3.0-or-later',
  // mediabunny, unchanged, in the documentation site only.
  'MPL-2.0',
  'Apache-2.0 AND LGPL-3.0-or-later',
  '(MIT OR CC0-1.0)',
])
const grave = ['high', 'critical']

const refused = refusedLicences(ask('licenses', 'list', '--prod', '--json'))
for (const line of refused) console.log(line)
const faults = graveAdvisories(ask('audit', '--prod', '--json'))
for (const line of faults) console.log(line)
process.exitCode = refused.length + faults.length > 0 ? 1 : 0

/** Runs pnpm and returns the JSON that it prints; some commands end with 1 where they found something. */
function ask(...args) {
  const { stdout, stderr } = spawnSync('npx', ['--yes', packageManager, ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 300_000,
    maxBuffer: 2 ** 26,
  })
  try {
    return JSON.parse(stdout)
  } catch {
    return { error: { message: (stderr || stdout || 'no answer').trim().slice(0, 200) } }
  }
}

function refusedLicences(byLicence) {
  if (byLicence.error) return [`Licences could not be listed: ${byLicence.error.message}`]
  const others = Object.entries(byLicence).filter(([licence]) => !allowed.has(licence))
  return others.map(([licence, packages]) => {
    const names = packages.map(({ name }) => name).join(', ')
    return `Licence ${licence} of ${names} is not in the list of scripts/check-dependencies.mjs.`
  })
}

function graveAdvisories({ advisories, error }) {
  if (!advisories) {
    const reason = error?.message ?? 'an answer of another form'
    console.log(`Advisories: not reachable, so nothing was checked (${reason})`)
    return []
  }
  const lines = Object.values(advisories).map(({ severity, module_name, title, url }) => ({
    severity,
    line: `Advisory, ${severity}: ${module_name}: ${title} (${url})`,
  }))
  for (const { severity, line } of lines) if (!grave.includes(severity)) console.log(line)
  console.log(`Advisories: ${lines.length} of production dependencies`)
  return lines.filter(({ severity }) => grave.includes(severity)).map(({ line }) => line)
}
