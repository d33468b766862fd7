import { realpath } from 'node:fs/promises'
import type { FaceDetector } from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import { CliError } from '../cli-error.ts'
import type { DetectInPictures } from '../detection/detection.ts'
import { identitiesOf } from '../files/file-identity.ts'
import { findPictures } from '../inputs/find-pictures.ts'
import { commonFolder, type InputRoot, isInside, toInputRoot } from '../inputs/input-root.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'
import { expectMeshes, loadDetector, type ModelFlags } from '../options/model-options.ts'
import type { RunFlags } from '../options/run-options.ts'
import { OutputFolder } from '../output/output-folder.ts'
import type { ResultFileOptions } from '../output/result-file.ts'
import { watchForInterruption } from './interruption.ts'
import { type Faces, type PictureWork, processPictures } from './process-pictures.ts'
import { Reporter } from './reporter.ts'

/** What a command that goes through pictures wants done. */
export interface PictureRun<Picture> {
  readonly inputs: readonly string[]
  readonly flags: ModelFlags & RunFlags
  readonly detectOptions: PictureDetectOptions
  readonly detect: DetectInPictures<Picture>
  /** Where files go, if any do. */
  readonly outputFolder: string | undefined
  /** Videos, and pictures of formats that are not read, fail in folders; else they are passed over. */
  readonly tellsUnread?: boolean
  /** Videos in folders are among the inputs. */
  readonly takesVideos?: boolean
  /** Results go to standard output while the run goes on. */
  readonly printsResults: boolean
  /** Called when everything is ready, before the first picture. */
  readonly begin: (start: RunStart) => Promise<PictureWork<Picture>>
}

/** What a run knows before the first picture. */
export interface RunStart {
  readonly retinaface: FaceDetector<NodeImageSource>
  /** False if the only input is one picture. */
  readonly isList: boolean
  /** There if one was asked for. */
  readonly outputFolder: OutputFolder | undefined
  /** Prints a line, unless quiet. */
  readonly say: (line: string) => void
  /** Told how far a video is, 0 to 1. */
  readonly onShare: (share: number) => void
  /** Stops the work on a video. */
  readonly signal: AbortSignal
  /** How files of results are opened. */
  readonly resultFile: ResultFileOptions
}

/** Goes through pictures from finding them to the summary; returns the exit code. */
export async function runOnPictures<Picture extends Faces>(
  run: PictureRun<Picture>,
): Promise<number> {
  const { flags, detectOptions, detect } = run
  const reporter = new Reporter(flags.quiet === true, run.printsResults)
  const interruption = watchForInterruption(() => {
    reporter.say('Stopping after the pictures in hand; press Ctrl-C again to quit at once.')
  })
  const roots = await Promise.all(run.inputs.map(toInputRoot))
  if (detectOptions.mesh) expectMeshes(flags)
  const retinaface = await loadDetector(flags)
  // Checks the options before anything is written.
  await retinaface.detectMany([], detectOptions).next()
  const { outputFolder, except } = await prepareOutputs(run, roots)
  const { tellsUnread, takesVideos } = run
  const found = { except, tellsUnread, takesVideos }
  const find = () => findPictures(roots, commonFolder(roots), found)
  const isList = roots.length > 1 || roots.some(({ kind }) => kind === 'folder' || kind === 'glob')
  const resultFile = {
    resumes: flags.resume === true,
    inputs: await identitiesOf(run.inputs),
    warn: (message: string) => reporter.warn(message),
  }
  const say = (line: string) => reporter.say(line)
  const onShare = (share: number) => reporter.showShare(share)
  const { signal } = interruption
  const work = await run.begin({
    ...{ retinaface, isList, outputFolder, resultFile, say },
    ...{ onShare, signal },
  })
  const canCount = roots.every(({ kind }) => kind !== 'stdin' && kind !== 'pipe')
  if (canCount) reporter.countTotal(() => count(find()))
  const context = { retinaface, detectOptions, detect, reporter, interruption, onShare, signal }
  const exitCode = await processPictures(find(), work, context)
  await work.close?.()
  await outputFolder?.close()
  await retinaface.dispose()
  const { done, failed, skipped } = reporter.tally
  if (done + failed + skipped === 0 && !interruption.requested) {
    throw new CliError('NO_PICTURES', 'There are no pictures in the inputs.')
  }
  reporter.summarise()
  return exitCode
}

/** Opens the output folder, if any, and says which folder to pass over when inputs are found. */
async function prepareOutputs(
  { outputFolder: path, flags }: Pick<PictureRun<unknown>, 'outputFolder' | 'flags'>,
  roots: readonly InputRoot[],
): Promise<{ outputFolder: OutputFolder | undefined; except?: string }> {
  if (path === undefined) return { outputFolder: undefined }
  const outputFolder = await OutputFolder.open(path, flags.force === true)
  // Outputs of an earlier run below an input do not become inputs.
  if (!(await holdsAny(outputFolder.path, roots))) {
    return { outputFolder, except: outputFolder.path }
  }
  if (flags.force) return { outputFolder }
  throw new CliError(
    'USAGE',
    `The output folder ${JSON.stringify(path)} holds inputs, which outputs could replace. Name another folder, or allow it with --force.`,
  )
}

async function holdsAny(folder: string, roots: readonly InputRoot[]): Promise<boolean> {
  for (const { kind, path, base } of roots) {
    if (kind === 'stdin') continue
    // What is not there cannot be replaced.
    const real = await realpath(kind === 'glob' ? base : path).catch(() => undefined)
    if (real !== undefined && isInside(real, folder)) return true
  }
  return false
}

async function count(pictures: AsyncIterable<unknown>): Promise<number> {
  let total = 0
  for await (const _ of pictures) total += 1
  return total
}
