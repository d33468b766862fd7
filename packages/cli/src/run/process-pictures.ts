import type { Face, PixelImage, RetinaFace } from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import { CliError, describeError, OutputError } from '../cli-error.ts'
import { EXIT_CODE } from '../exit-code.ts'
import type { PictureInput } from '../inputs/find-pictures.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'
import type { Interruption } from './interruption.ts'
import type { Reporter } from './reporter.ts'

/** A picture with its pixels and faces. */
export interface LookedAtPicture {
  readonly input: PictureInput & { readonly source: string | Uint8Array }
  /** Upright pixels. */
  readonly image: PixelImage
  readonly faces: readonly Face[]
}

/** What a command does with pictures. */
export interface PictureWork {
  /** True if an earlier run did this picture. */
  readonly isDone?: (input: PictureInput) => boolean | Promise<boolean>
  /** If it throws, the picture has failed; an {@link OutputError} ends the run. */
  readonly onFaces: (picture: LookedAtPicture) => Promise<void>
  readonly onFailure?: (input: PictureInput, error: unknown) => Promise<void>
  /** Called at the end, when the user interrupts too. */
  readonly close?: () => Promise<void>
}

/** What {@link processPictures} works with. */
export interface RunContext {
  readonly retinaface: RetinaFace<NodeImageSource>
  readonly detectOptions: PictureDetectOptions
  readonly reporter: Reporter
  readonly interruption: Interruption
}

/**
 * Finds the faces of one picture after the other, while the next one is read, until all are done or
 * the user interrupts.
 *
 * @returns the command's exit code
 * @throws {OutputError} if results cannot be written any more
 */
export async function processPictures(
  inputs: Iterable<PictureInput> | AsyncIterable<PictureInput>,
  work: PictureWork,
  context: RunContext,
): Promise<number> {
  const { retinaface, detectOptions, reporter, interruption } = context
  const { tally } = reporter
  for await (const { input, reading } of readAhead(notDone(inputs, work, context), retinaface)) {
    try {
      const picture = await reading
      const faces = await retinaface.detect(picture.image, detectOptions)
      await work.onFaces({ ...picture, faces })
      tally.done += 1
      tally.faces += faces.length
    } catch (error) {
      if (error instanceof OutputError) throw error
      tally.failed += 1
      reporter.fail(input.file, describeError(error).message)
      await work.onFailure?.(input, error)
    }
    reporter.update()
    if (interruption.requested) break
  }
  if (interruption.requested) return EXIT_CODE.interrupted
  return tally.failed > 0 ? EXIT_CODE.someFailed : EXIT_CODE.done
}

async function* notDone(
  inputs: Iterable<PictureInput> | AsyncIterable<PictureInput>,
  { isDone }: PictureWork,
  { reporter, interruption }: RunContext,
): AsyncGenerator<PictureInput, void, undefined> {
  for await (const input of inputs) {
    if (interruption.requested) return
    if (await isDone?.(input)) reporter.tally.skipped += 1
    else yield input
  }
}

interface Reading {
  readonly input: PictureInput
  readonly reading: Promise<Pick<LookedAtPicture, 'input' | 'image'>>
}

/** Reads one picture further than is worked on: more would only cost memory. */
async function* readAhead(
  inputs: AsyncIterable<PictureInput>,
  retinaface: RetinaFace<NodeImageSource>,
): AsyncGenerator<Reading, void, undefined> {
  let previous: Reading | undefined
  for await (const input of inputs) {
    const reading = readPicture(input, retinaface)
    // A failure is reported when the picture's turn comes.
    reading.catch(() => undefined)
    if (previous) yield previous
    previous = { input, reading }
  }
  if (previous) yield previous
}

async function readPicture(
  input: PictureInput,
  retinaface: RetinaFace<NodeImageSource>,
): Promise<Pick<LookedAtPicture, 'input' | 'image'>> {
  const { source } = input
  if (source instanceof CliError) throw source
  // A file may be named like a URL; it is a path all the same.
  const isLikeUrl = typeof source === 'string' && source.startsWith('file:')
  const image = await retinaface.readImage(isLikeUrl ? `./${source}` : source)
  return { input: { ...input, source }, image }
}
