import { alignFaces } from '@retinaface/core'
import {
  encodePicture,
  type FaceEntry,
  round,
  toFaceEntry,
  toSharp,
} from '@retinaface/node/results'
import { cluster, type Embedding, thresholdAt } from '@retinaface/recognition/node'
import { Command } from 'commander'
import { detectInPixels } from '../detection/detect-in-pixels.ts'
import type { PictureWithPixels } from '../detection/detection.ts'
import {
  addNetworkOptions,
  addSelectionOptions,
  type NetworkFlags,
  type SelectionFlags,
  toDetectOptions,
} from '../options/detection-options.ts'
import { addModelOptions, type ModelFlags } from '../options/model-options.ts'
import { parseNumber, parsePositiveInteger } from '../options/parse-values.ts'
import {
  addRecognitionOptions,
  defaultRate,
  detectOptionsFor,
  loadRecognizer,
  type RecognitionFlags,
  toEmbedOptions,
} from '../options/recognition-options.ts'
import { addForceOption, addQuietOption, INPUTS_HELP } from '../options/run-options.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { toJson } from '../output/printable.ts'
import { contactSheet, mostOnSheet } from '../pictures/contact-sheet.ts'
import type { PictureWork } from '../run/process-pictures.ts'
import { type RunStart, runOnPictures } from '../run/run-on-pictures.ts'

interface ClusterFlags extends NetworkFlags, SelectionFlags, RecognitionFlags, ModelFlags {
  readonly output: string
  readonly threshold?: number
  readonly minFaces: number
  readonly quiet?: true
  readonly force?: true
}

/** Which faces are of which person. */
const reportName = 'people.json'

/** `retinaface cluster` */
export function clusterCommand(): Command {
  const command = new Command('cluster')
    .description(
      `group faces by person: a contact sheet for each, and ${reportName}, which says where each face is; who is in which picture is biometric data, see the documentation on recognition`,
    )
    .argument('<inputs...>', INPUTS_HELP)
    .requiredOption('--output <folder>', `where ${reportName} and person-<n>.jpg go`)
    .option(
      '--threshold <similarity>',
      `groups are joined while their faces are on average so alike (default: where ${defaultRate} of pairs of different people passed when the shipped embedder was measured; set it from your own pictures)`,
      parseNumber,
    )
    .option('--min-faces <count>', 'smaller groups get no contact sheet', parsePositiveInteger, 2)
  addRecognitionOptions(command)
  addSelectionOptions(command, 0.5)
  addNetworkOptions(command)
  addModelOptions(command)
  addForceOption(addQuietOption(command))
  return command.action(async (inputs: string[], flags: ClusterFlags) => {
    process.exitCode = await runOnPictures({
      inputs,
      flags,
      detectOptions: { ...toDetectOptions(flags), ...detectOptionsFor(flags) },
      detect: detectInPixels,
      outputFolder: flags.output,
      printsResults: false,
      begin: (start) => beginClustering(flags, start),
    })
  })
}

/** A face that is to be grouped. */
interface FoundFace {
  readonly entry: FaceEntry & { readonly file: string }
  readonly embedding: Embedding
  /** A JPEG. */
  readonly crop: Buffer
}

async function beginClustering(
  flags: ClusterFlags,
  { retinaface, outputFolder }: RunStart,
): Promise<PictureWork<PictureWithPixels>> {
  const recognizer = await loadRecognizer(retinaface, flags)
  const threshold = flags.threshold ?? thresholdAt(recognizer.embedder, defaultRate)
  const found: FoundFace[] = []
  return {
    async onFaces({ input: { file }, image, faces }) {
      const embeddings = await recognizer.embed(image, faces, toEmbedOptions(flags))
      for (const [i, { image: crop }] of alignFaces(image, faces).entries()) {
        const entry = { file, ...toFaceEntry(faces[i]!) }
        const embedding = embeddings[i]!
        found.push({ entry, embedding, crop: await encodePicture(toSharp(crop), 'jpeg') })
      }
    },
    async close() {
      await recognizer.dispose()
      await writePeople(found, threshold, flags.minFaces, outputFolder!)
    },
  }
}

async function writePeople(
  found: readonly FoundFace[],
  threshold: number,
  minFaces: number,
  folder: OutputFolder,
): Promise<void> {
  const embeddings = found.map(({ embedding }) => embedding)
  const groups = await cluster(embeddings, { threshold })
  const people: object[] = []
  for (const [i, group] of groups.entries()) {
    const faces = group.map((face) => found[face]!)
    const entry = { person: i + 1, faces: faces.map(({ entry }) => entry) }
    if (faces.length < minFaces) {
      people.push(entry)
      continue
    }
    const sheet = `person-${i + 1}.jpg`
    await folder.write(sheet, await contactSheet(faces.map(({ crop }) => crop)))
    people.push({ ...entry, sheet, onSheet: Math.min(faces.length, mostOnSheet) })
  }
  const report = { threshold: round(threshold, 1e4), people }
  await folder.write(reportName, new TextEncoder().encode(`${toJson(report)}\n`))
}
