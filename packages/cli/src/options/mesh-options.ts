import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import type { PictureDetectOptions } from './detection-options.ts'
import { parseCount } from './parse-values.ts'

/** Options of how meshes are made. */
export interface MeshFlags {
  readonly mesh?: true
  readonly texture?: 'model' | 'image'
  readonly refine?: number
  readonly normals?: true
}

export function addRefineOption(command: Command): Command {
  return command.option(
    '--refine <steps>',
    'fit each mesh to the picture in so many steps, at most 100 (default: 0)',
    parseCount,
  )
}

/** `--mesh` and what goes with it. */
export function addMeshOptions(command: Command): Command {
  command
    .option(
      '--mesh',
      'give each face its mesh of 1,833 vertices (the first 468 are MediaPipe\'s), "pose" in degrees, "camera", "light" and "latent"',
    )
    .addOption(
      new Option(
        '--texture <source>',
        'with --mesh: give vertices colours, of the model or of the picture',
      ).choices(['model', 'image']),
    )
  return addRefineOption(command).option('--normals', 'with --mesh: give vertices normals')
}

/**
 * What the detector is told of meshes.
 *
 * @throws {CliError} if something about meshes is asked for without them
 */
export function toMeshOptions(flags: MeshFlags): PictureDetectOptions {
  const { mesh, texture, refine, normals } = flags
  const given = Object.entries({ texture, refine, normals }).filter(([, value]) => value)
  if (mesh) return { mesh: Object.fromEntries(given) }
  if (given.length === 0) return {}
  throw new CliError('USAGE', `--${given[0]![0]} needs --mesh: give both.`)
}
