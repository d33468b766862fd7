import { basename, dirname, join } from 'node:path'
import { runChild } from './child.ts'

/** FFmpeg as it is installed. */
export interface Ffmpeg {
  readonly ffmpeg: string
  readonly ffprobe: string
  /** Options that have every frame passed on, none left out or doubled. */
  readonly everyFrame: readonly string[]
}

const found = new Map<string, Promise<Ffmpeg>>()

/**
 * Finds FFmpeg and asks for its version, once for each name.
 *
 * @param program a path, or a name to look for on PATH; ffprobe lies beside it
 * @throws {ProgramMissingError}
 */
export function findFfmpeg(program: string = 'ffmpeg'): Promise<Ffmpeg> {
  const known = found.get(program)
  if (known) return known
  const looking = look(program)
  found.set(program, looking)
  // It may be installed by the next time.
  looking.catch(() => found.delete(program))
  return looking
}

async function look(ffmpeg: string): Promise<Ffmpeg> {
  const { stdout } = await runChild(ffmpeg, ['-hide_banner', '-version'])
  const name = basename(ffmpeg).replace('ffmpeg', 'ffprobe')
  const ffprobe = basename(ffmpeg) === ffmpeg ? name : join(dirname(ffmpeg), name)
  await runChild(ffprobe, ['-hide_banner', '-version'])
  // Builds of the day have no number and are newer.
  const [, major, minor] = /^ffmpeg version n?(\d+)\.(\d+)/.exec(stdout) ?? ['', '9', '0']
  const isOld = Number(major) < 5 || (major === '5' && minor === '0')
  return { ffmpeg, ffprobe, everyFrame: [isOld ? '-vsync' : '-fps_mode', 'passthrough'] }
}

/** A file as an input; only files are read, whatever a playlist in it names. */
export function inputOf(file: string): string[] {
  return ['-protocol_whitelist', 'file,pipe', '-i', `file:${file}`]
}
