import { describeError } from '@retinaface/node/results'
import { OutputError } from '../cli-error.ts'
import type { DetectInPictures, Detection, Detector } from '../detection/detection.ts'
import { EXIT_CODE } from '../exit-code.ts'
import type { PictureInput } from '../inputs/find-pictures.ts'
import type { Interruption } from './interruption.ts'
import type { Reporter } from './reporter.ts'

/** What a command does with pictures. */
export interface PictureWork<Picture> {
  /** True if an earlier run did this picture. */
  readonly isDone?: (input: PictureInput) => boolean | Promise<boolean>
  /** If it throws, the picture has failed; an {@link OutputError} ends the run. */
  readonly onFaces: (picture: Picture) => Promise<void>
  readonly onFailure?: (input: PictureInput, error: unknown) => Promise<void>
  /** Called at the end, when the user interrupts too. */
  readonly close?: () => Promise<void>
}

/** What was looked at. */
export interface Faces {
  readonly faces: readonly unknown[]
}

/** What {@link processPictures} works with. */
export interface RunContext<Picture> extends Detector {
  readonly detect: DetectInPictures<Picture>
  readonly reporter: Reporter
  readonly interruption: Interruption
}

/**
 * Works on the faces of pictures in their order, until all are done or, when the user interrupts, all
 * that were begun.
 *
 * @returns the command's exit code
 * @throws {OutputError} if results cannot be written any more
 */
export async function processPictures<Picture extends Faces>(
  inputs: Iterable<PictureInput> | AsyncIterable<PictureInput>,
  work: PictureWork<Picture>,
  context: RunContext<Picture>,
): Promise<number> {
  const { detect, reporter, interruption } = context
  for await (const detection of detect(notDone(inputs, work, context), context)) {
    await take(detection, work, context)
    reporter.showShare(0)
    reporter.update()
  }
  if (interruption.requested) return EXIT_CODE.interrupted
  return reporter.tally.failed > 0 ? EXIT_CODE.someFailed : EXIT_CODE.done
}

async function take<Picture extends Faces>(
  detection: Detection<Picture>,
  work: PictureWork<Picture>,
  { reporter, interruption: { signal } }: RunContext<Picture>,
): Promise<void> {
  const { tally } = reporter
  const { input } = detection
  try {
    if ('error' in detection) throw detection.error
    await work.onFaces(detection.picture)
    tally.done += 1
    tally.faces += detection.picture.faces.length
  } catch (error) {
    if (error instanceof OutputError) throw error
    // It was stopped, and is neither done nor failed.
    if (signal.aborted && error === signal.reason) return
    tally.failed += 1
    reporter.fail(input.file, describeError(error).message)
    await work.onFailure?.(input, error)
  }
}

async function* notDone<Picture>(
  inputs: Iterable<PictureInput> | AsyncIterable<PictureInput>,
  { isDone }: PictureWork<Picture>,
  { reporter, interruption }: RunContext<Picture>,
): AsyncGenerator<PictureInput, void, undefined> {
  for await (const input of inputs) {
    if (interruption.requested) return
    if (await isDone?.(input)) reporter.tally.skipped += 1
    else yield input
  }
}
