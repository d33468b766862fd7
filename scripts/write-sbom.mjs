// Writes what an installation of all packages contains, in CycloneDX: node scripts/write-sbom.mjs FILE
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packAll } from './pack.mjs'
import { readManifest } from './packages.mjs'
import { run } from './setup.mjs'

const [file] = process.argv.slice(2)
if (!file) throw new Error('Expected the file to write: node scripts/write-sbom.mjs sbom.cdx.json')
const folder = mkdtempSync(join(tmpdir(), 'retinaface-sbom-'))
try {
  const { version } = readManifest('packages/core')
  const manifest = { name: 'retinaface-packages', version, private: true }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund']
  const tarballs = packAll(join(folder, 'packed'))
  if (run('npm', ['install', '--prefix', folder, ...quiet, ...tarballs]) !== 0) {
    throw new Error('The packed packages could not be installed; see above.')
  }
  const sbom = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
    cwd: folder,
    maxBuffer: 2 ** 26,
  })
  writeFileSync(file, sbom)
  console.log(`${file}: ${JSON.parse(sbom).components.length} components`)
} finally {
  rmSync(folder, { recursive: true })
}
