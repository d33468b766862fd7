// Runs our packages, a straightforward pipeline and other packages on the same pictures, in turns.
//
//   npm run bench -- [--web | --only node-640,web-cold] [--rounds 30] [--quick] [--sources] [--json]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makePictureSets } from './pictures/picture-sets.ts'
import { buildContenders, buildPages } from './protocol/start-contender.ts'
import { environmentSince, load } from './report/environment.ts'
import type { MeasuredRow } from './report/measured-row.ts'
import { printRow } from './report/print-row.ts'
import { mergeRows, readResults, writeResults } from './report/results-file.ts'
import { writeReport } from './report/write-report.ts'
import { NODE_CONTENDERS } from './rows/node-contenders.ts'
import { NODE_ROWS } from './rows/node-rows.ts'
import type { Row } from './rows/row.ts'
import { WEB_ROWS } from './rows/web-rows.ts'

// Of all that are measured, so that none pays for sending usage events.
process.env.ORT_DISABLE_TELEMETRY ??= '1'

const rows = [...NODE_ROWS, ...WEB_ROWS]
const { values } = parseArgs({
  options: {
    web: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    sources: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const chosen = values.web ? WEB_ROWS : chooseRows(values.only)
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
  throw new Error(`Expected --rounds to be a positive integer but received ${values.rounds}.`)
}
const folder = await mkdtemp(join(tmpdir(), 'retinaface-bench-'))
try {
  if (!values.sources) await buildContenders(NODE_CONTENDERS)
  await buildPages()
  const pictures = await makePictureSets(folder)
  const measured: MeasuredRow[] = []
  for (const row of chosen) measured.push(await measure(row, pictures))
  if (values.json) console.log(JSON.stringify(measured, undefined, 2))
  if (!values.quick && !values.sources) {
    const ids = rows.map(({ id }) => id)
    const all = mergeRows(await readResults(), measured, ids)
    await writeResults(all)
    await writeReport(all)
  }
} finally {
  await rm(folder, { recursive: true })
}

async function measure(
  { id, title, how, run }: Row,
  pictures: Awaited<ReturnType<typeof makePictureSets>>,
): Promise<MeasuredRow> {
  const loadBefore = load()
  const ownFolder = await mkdtemp(join(folder, `${id}-`))
  const origin = values.sources ? 'sources' : 'packages'
  const outcome = await run({ pictures, folder: ownFolder, origin, rounds, quick: values.quick })
  const row = { id, title, how, environment: environmentSince(loadBefore), outcome }
  if (!values.json) console.log(printRow(row))
  return row
}

function chooseRows(only: string | undefined): readonly Row[] {
  if (only === undefined) return rows
  return only.split(',').map((id) => {
    const row = rows.find((other) => other.id === id)
    if (row) return row
    const known = rows.map((other) => other.id).join(', ')
    throw new Error(`Expected --only to name rows of ${known} but received ${id}.`)
  })
}
