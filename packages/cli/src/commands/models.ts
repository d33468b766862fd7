import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ASSETS, type AssetEntry, type PackagedFile, verifySha256 } from '@retinaface/models'
import { RESEARCH_ASSETS, RESEARCH_MODELS } from '@retinaface/models/research'
import { describeError } from '@retinaface/node/results'
import { Command } from 'commander'
import { EXIT_CODE } from '../exit-code.ts'
import { toJson } from '../output/printable.ts'
import { standardOutput } from '../output/sink.ts'

/** What is known of an installed model file. */
interface ModelReport {
  readonly id: string
  readonly description: string
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly verified: boolean
  /** Why it is not. */
  readonly problem?: string
  /** What a detector was made from. */
  readonly source?: PackagedFile
  readonly licence: AssetEntry['licence']
}

/** `retinaface models` */
export function modelsCommand(): Command {
  return new Command('models')
    .description(
      'list the installed models, detectors and mesh branch, with their licences and whether their files are intact (exit code 1 if one is not)',
    )
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const reports = await Promise.all([...ASSETS, ...RESEARCH_ASSETS].map(inspect))
      const text = json ? toJson(reports) : reports.map(toText).join('\n\n')
      await standardOutput.write(`${text}\n`)
      const isIntact = reports.every(({ verified }) => verified)
      process.exitCode = isIntact ? EXIT_CODE.done : EXIT_CODE.someFailed
    })
}

async function inspect(asset: AssetEntry): Promise<ModelReport> {
  const { id, description, bytes, sha256, licence } = asset
  const file = fileURLToPath(asset.url)
  const source = RESEARCH_MODELS.find((model) => model.id === id)?.source
  const report = { id, description, file, bytes, sha256, licence, ...(source ? { source } : {}) }
  try {
    await verifySha256(new Uint8Array(await readFile(file)), sha256, id)
    return { ...report, verified: true }
  } catch (error) {
    return { ...report, verified: false, problem: describeError(error).message }
  }
}

function toText({ id, description, file, bytes, sha256, ...report }: ModelReport): string {
  const { source, licence } = report
  return [
    `${id}  ${description}`,
    `  file      ${file}  ${bytes} bytes`,
    `  SHA-256   ${sha256}  ${report.verified ? 'verified' : `NOT VERIFIED: ${report.problem}`}`,
    ...(source ? [`  made from ${source.file} in ${source.package}@${source.version}`] : []),
    `  licence   stated: ${licence.stated}`,
    ...(licence.upstream ? [`            upstream: ${licence.upstream}`] : []),
  ].join('\n')
}
