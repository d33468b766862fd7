import { createInterface } from 'node:readline'
import { isS3Url, listS3, type PlannedPicture } from '@retinaface/batch'
import { describeError } from '@retinaface/node/results'
import { CliError } from '../cli-error.ts'
import { findPictures } from './find-pictures.ts'
import { commonFolder, toInputRoot } from './input-root.ts'
import { isPictureName } from './walk-folder.ts'

/**
 * The pictures that the inputs of a run lead to, found as they are needed: folders, globs and files of this
 * machine, `s3://` prefixes, and `-` for a list on standard input.
 *
 * @throws {CliError} for pipes, which cannot be read again
 */
export async function* plannedPictures(
  inputs: readonly string[],
): AsyncGenerator<PlannedPicture, void, undefined> {
  const isLocal = (input: string) => input !== '-' && !isS3Url(input)
  const roots = await Promise.all(inputs.filter(isLocal).map(toInputRoot))
  const pipe = roots.find(({ kind }) => kind === 'pipe')
  if (pipe) {
    const name = JSON.stringify(pipe.path)
    throw new CliError(
      'USAGE',
      `${name} is not a file or folder. Pipe a list into the command as -.`,
    )
  }
  for await (const { file, source } of findPictures(roots, commonFolder(roots))) {
    if (source instanceof CliError) yield { file, error: describeError(source) }
    else yield file
  }
  for (const url of inputs.filter(isS3Url)) {
    for await (const picture of listS3(url)) if (isPictureName(picture)) yield picture
  }
  if (inputs.includes('-')) yield* listOnStandardInput()
}

/** A path or `s3://` URL a line. */
async function* listOnStandardInput(): AsyncGenerator<string, void, undefined> {
  if (process.stdin.isTTY) {
    throw new CliError('NO_INPUT', 'Standard input is the terminal. Pipe a list into the command.')
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line !== '') yield line
  }
}
