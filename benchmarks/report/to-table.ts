import type { ColdResult } from '../measure/measure-cold.ts'
import type { FolderResult } from '../measure/measure-folder.ts'
import type { PeakResult } from '../measure/measure-peak.ts'
import type { StagesResult } from '../measure/measure-stages.ts'
import type { WarmResult } from '../measure/measure-warm.ts'
import type { Outcome } from '../rows/row.ts'
import { digits, faces, megabytes, percentages, withSpread } from './format-values.ts'

/** Cells of a table, the head first. */
export type Table = readonly (readonly string[])[]

/** What a row found, as a table. */
export function toTable(outcome: Outcome): Table {
  switch (outcome.kind) {
    case 'warm':
      return warmTable(outcome.results)
    case 'cold':
      return coldTable(outcome.results)
    case 'folder':
      return folderTable(outcome.results)
    case 'stages':
      return stagesTable(outcome.result)
    case 'peak':
      return peakTable(outcome.results)
  }
}

function warmTable(results: readonly WarmResult[]): Table {
  const sets = Object.keys(results[0]?.faces ?? {})
  const fetched = fetchedColumn(results)
  const head = ['', 'ratio', 'processor time, ratio', 'ms', ...sets.map(facesOf), 'peak memory']
  return [
    [...head, ...fetched],
    ...results.map((result) => [
      result.name,
      withSpread(result.wallRatio),
      digits(result.processorRatio[1]),
      digits(result.wall[1]),
      ...sets.map((set) => faces(result.faces[set]!)),
      megabytes(result.peakMemory),
      ...fetched.map(() => megabytes(result.bytes ?? 0)),
    ]),
  ]
}

/** Of pages only. */
function fetchedColumn(results: readonly { readonly bytes?: number }[]): string[] {
  return results[0]?.bytes === undefined ? [] : ['fetched']
}

function facesOf(set: string): string {
  return `faces, ${set}`
}

function coldTable(results: readonly ColdResult[]): Table {
  const parts = Object.keys(results[0]?.parts ?? {}) as (keyof ColdResult['parts'])[]
  const fetched = fetchedColumn(results)
  return [
    ['', 'ratio', 'ms', ...parts, 'peak memory', ...fetched],
    ...results.map(({ name, totalRatio, total, parts: lengths, peakMemory, bytes = 0 }) => [
      name,
      withSpread(totalRatio),
      digits(total[1]),
      ...parts.map((part) => digits(lengths[part])),
      megabytes(peakMemory),
      ...fetched.map(() => megabytes(bytes)),
    ]),
  ]
}

function folderTable(results: readonly FolderResult[]): Table {
  return [
    [
      '',
      'cores',
      'throughput, ratio',
      'over one core',
      'pictures a second',
      'faces',
      'peak memory',
    ],
    ...results.map(({ name, cores, ratio, overOneCore, perSecond, faces: count, peakMemory }) => [
      name,
      `${cores}`,
      withSpread(ratio),
      cores === 1 ? '' : withSpread(overOneCore),
      digits(perSecond[1]),
      `${count}`,
      `${megabytes(peakMemory[0])}, then ${megabytes(peakMemory[1])}`,
    ]),
  ]
}

function stagesTable({ whole, network, around, ...shares }: StagesResult): Table {
  return [
    ['', 'ms', 'share of the whole'],
    ['file to faces', withSpread(whole), ''],
    ['in the runtime', withSpread(network), percentages(shares.networkShare)],
    ['around it, JPEG decoding left out', withSpread(around), percentages(shares.aroundShare)],
  ]
}

function peakTable(results: readonly PeakResult[]): Table {
  return [
    ['', 'share of the peak', '1e9 operations/s', 'million multiply-adds', 'ms'],
    ...results.map(({ name, share, speed, multiplyAdds, wall }) => [
      name,
      percentages(share),
      digits(speed[1]),
      digits(multiplyAdds / 1e6),
      withSpread(wall),
    ]),
  ]
}
