import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A commit in a folder of its own. */
export interface CheckOut {
  readonly folder: string
  /** Short hash. */
  readonly commit: string
  remove(): void
}

/**
 * Checks a commit out, installs its dependencies and builds its packages for Node.js.
 *
 * @throws if git does not know the commit, or its installation or build fails.
 */
export function checkOut(revision: string, folder: string): CheckOut {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const commit = git('rev-parse', '--short', '--verify', '--end-of-options', `${revision}^{commit}`)
  git('worktree', 'add', '--detach', folder, commit)
  const remove = () => void git('worktree', 'remove', '--force', folder)
  try {
    const { packageManager } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      packageManager: string
    }
    const pnpm = (...args: string[]) =>
      execFileSync('npx', ['--yes', packageManager, ...args], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    pnpm('install', '--frozen-lockfile', '--prefer-offline')
    pnpm('exec', 'turbo', 'run', 'build', '--filter=@retinaface/node')
    return { folder, commit, remove }
  } catch (error) {
    remove()
    throw error
  }
}
