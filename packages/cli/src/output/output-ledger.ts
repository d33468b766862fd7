import type { FileHandle } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { linesOf } from '../files/lines-of.ts'
import { openRegularFile, statIfThere } from '../files/regular-file.ts'

/** Lists the files of an output folder that were written there, a line of JSON each. */
export const ledgerName = '.retinaface-outputs'

// No path is as long.
const longestLine = 2 ** 16

/** What was ever written to an output folder, so that nothing else is replaced. */
export class OutputLedger {
  private readonly path: string
  private readonly listed: Set<string>
  private file: FileHandle | undefined

  private constructor(path: string, listed: Set<string>) {
    this.path = path
    this.listed = listed
  }

  /** @throws {CliError} if something that is no regular file has its name */
  static async read(folder: string): Promise<OutputLedger> {
    const path = join(folder, ledgerName)
    const listed = new Set<string>()
    const ledger = new OutputLedger(path, listed)
    if (!(await statIfThere(path))) return ledger
    ledger.file = await openRegularFile(path)
    for await (const { text, isTerminated } of linesOf(ledger.file, longestLine)) {
      const name = parseName(text)
      if (name !== undefined) listed.add(name)
      if (!isTerminated) await ledger.file.appendFile('\n')
    }
    return ledger
  }

  has(path: string): boolean {
    return this.listed.has(normalize(path))
  }

  /** Lists a file that is about to appear. */
  async add(path: string): Promise<void> {
    if (this.has(path)) return
    this.file ??= await openRegularFile(this.path)
    await this.file.appendFile(`${JSON.stringify(normalize(path))}\n`)
    this.listed.add(normalize(path))
  }

  async close(): Promise<void> {
    await this.file?.close()
  }
}

function parseName(line: string | undefined): string | undefined {
  try {
    const name: unknown = JSON.parse(line ?? '')
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}
